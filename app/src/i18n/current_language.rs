//! The current language: the language that the user has chosen, otherwise the first language of the browser that
//! the app supports, otherwise English.

use std::cell::Cell;

use leptos::prelude::*;

use crate::browser::is_valid_locale;
use crate::chunks::load_error::LoadError;
use crate::i18n::english::ENGLISH;
use crate::i18n::german_chunk::german_texts;
use crate::i18n::language::Language;
use crate::i18n::texts::Texts;
use crate::storage::web_storage;

const STORAGE_KEY: &str = "wishboard.language";

thread_local! {
    /// The texts of the current language. It is not a signal, because the app redraws all views after a change.
    static CURRENT: Cell<&'static Texts> = const { Cell::new(&ENGLISH) };
}

/// The texts of the current language.
pub fn texts() -> &'static Texts {
    CURRENT.get()
}

/// The current language.
pub fn current() -> Language {
    texts().language
}

/// Makes the user's language the current one, or English if its texts cannot be loaded. The app awaits this before it
/// draws anything.
pub async fn load_preferred() {
    CURRENT.set(load(preferred()).await.unwrap_or(&ENGLISH));
}

/// Whether the texts of the user's language are loaded.
pub fn is_preferred_loaded() -> bool {
    preferred() == current()
}

/// The browser's first locale of the current language, such as `en-GB`. It decides the formats of numbers and times.
pub fn locale() -> String {
    let current = current();
    browser_tags()
        .into_iter()
        .find(|tag| Language::from_tag(tag) == Some(current) && is_valid_locale(tag))
        .unwrap_or_else(|| current.tag().to_owned())
}

/// Switches the language. Counts the switches, so that the app redraws all views after each. There is one for the whole
/// app, in the Leptos context.
#[derive(Clone, Copy)]
pub struct LanguageSwitch(RwSignal<u32>);

impl LanguageSwitch {
    /// Puts the switch into the context. `App` calls this once.
    pub fn provide() -> Self {
        let switch = Self(RwSignal::new(0));
        provide_context(switch);
        switch
    }

    /// The switch from the context.
    pub fn from_context() -> Self {
        expect_context()
    }

    /// The number of switches since the start. Tracks changes.
    pub fn count(self) -> u32 {
        self.0.get()
    }

    /// Switches to a language, for this visit and later ones. Returns when its texts are loaded and current. If the
    /// user chooses another language meanwhile, the last choice wins.
    ///
    /// # Errors
    /// If the texts cannot be loaded.
    pub async fn switch_to(self, language: Language) -> Result<(), LoadError> {
        web_storage::set(STORAGE_KEY, &language.tag());
        let texts = load(language).await?;
        if preferred() == language {
            CURRENT.set(texts);
            self.0.update(|count| *count += 1);
        }
        Ok(())
    }
}

/// Loads the texts of a language. Those of all languages but English are chunks.
async fn load(language: Language) -> Result<&'static Texts, LoadError> {
    match language {
        Language::English => Ok(&ENGLISH),
        Language::German => german_texts().await,
    }
}

/// The language that the user has chosen, otherwise the first language of the browser that the app supports,
/// otherwise English.
fn preferred() -> Language {
    let chosen = web_storage::get::<String>(STORAGE_KEY).and_then(|tag| Language::from_tag(&tag));
    let language = chosen.or_else(|| browser_tags().iter().find_map(|tag| Language::from_tag(tag)));
    language.unwrap_or(Language::English)
}

/// The languages that the user prefers in the browser's settings, as tags, in order of preference.
fn browser_tags() -> Vec<String> {
    window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect()
}
