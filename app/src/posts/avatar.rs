//! The avatar of an author: the first letter of the display name, on a colour that depends on the username.

use leptos::prelude::*;
use shared::users::PublicUser;

/// The avatar. It is hidden from screen readers, because the name is next to it.
#[component]
pub(super) fn Avatar(author: PublicUser) -> impl IntoView {
    let initial = initial(&author.name).to_owned();
    let hue = hue(&author.username).to_string();
    view! {
        <span class="avatar" aria-hidden="true" translate="no" style:--hue=hue>
            {initial}
        </span>
    }
}

/// The hue of a username's colour, in degrees. It is the same on every device.
fn hue(username: &str) -> u32 {
    username.bytes().fold(7_u32, |hash, byte| hash.wrapping_mul(31) + u32::from(byte)) % 360
}

/// The first grapheme cluster of a name: a letter with its accents, a flag, or an emoji made of several
/// characters. A simplified version of Unicode's rules (UAX 29).
// size: only common ranges, docs/size-tricks.md#no-unicode-tables
pub fn initial(name: &str) -> &str {
    let mut characters = name.char_indices();
    let Some((_, first)) = characters.next() else { return name };
    let mut after_joiner = false;
    let mut after_half_flag = is_regional_indicator(first);
    for (index, next) in characters {
        let completes_flag = after_half_flag && is_regional_indicator(next);
        if !after_joiner && !completes_flag && !extends_cluster(next) {
            return name.get(..index).unwrap_or(name);
        }
        (after_joiner, after_half_flag) = (next == '\u{200d}', false);
    }
    name
}

/// Whether a character is one half of a flag emoji.
fn is_regional_indicator(c: char) -> bool {
    matches!(c, '\u{1f1e6}'..='\u{1f1ff}')
}

/// Whether a character extends the cluster before it: an accent, vowel sign, joiner, variation selector or skin tone.
fn extends_cluster(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{93a}'..='\u{93c}'
        | '\u{93e}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{1ab0}'..='\u{1aff}' | '\u{200d}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}'
        | '\u{e0020}'..='\u{e007f}')
}
