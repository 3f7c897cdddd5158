//! What stands for a person beside what they wrote: the first letter of their name, on a colour of
//! their own.

use leptos::prelude::*;
use shared::account::Person;

/// For the eye only: the name is beside it.
pub(super) fn draw(person: &Person) -> AnyView {
    let initial = initial(&person.name).to_owned();
    // The same on every device.
    let hue = person.username.bytes().fold(7_u32, |hue, byte| hue.wrapping_mul(31) + u32::from(byte)) % 360;
    view! { <span class="avatar" aria-hidden="true" style:--hue=hue.to_string()>{initial}</span> }.into_any()
}

/// The first of what a reader takes for one letter: with its accents, or a picture made of many
/// characters. A short cut of Unicode's rules (UAX 29); all of them weigh more than they are worth here.
pub fn initial(name: &str) -> &str {
    let mut characters = name.char_indices();
    let Some((_, first)) = characters.next() else { return name };
    let mut joined = false;
    let mut flag = is_half_a_flag(first);
    for (at, next) in characters {
        let second_half = flag && is_half_a_flag(next);
        if !joined && !second_half && !belongs_to_the_one_before(next) {
            return name.get(..at).unwrap_or(name);
        }
        (joined, flag) = (next == '\u{200d}', false);
    }
    name
}

fn is_half_a_flag(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// Accents, vowel signs, joiners, variants and skin colours.
fn belongs_to_the_one_before(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{93a}'..='\u{93c}'
        | '\u{93e}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{1ab0}'..='\u{1aff}' | '\u{200d}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0020}'..='\u{e007f}')
}
