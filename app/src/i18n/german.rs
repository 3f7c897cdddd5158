//! The German texts. They are informal: they address the user as "du". Those that the API's pages also have
//! are in `shared`.

use shared::common_texts;

use crate::i18n::language::Language;
use crate::i18n::texts::{ErrorTexts, ListLabels, NoticeTexts, Plural, Texts};

/// All texts in German.
pub(crate) static GERMAN: Texts = Texts {
    language: Language::German,
    shared: common_texts::GERMAN,

    // The frame of every page.
    app_name: "Wishboard",
    page_title: "{} · {}",
    languages: "Sprache",
    dismiss: "Schließen",
    offline: "Du bist offline. Du kannst weiterlesen, und was du schreibst, wird als Entwurf gespeichert.",

    // Headings of pages, also used for the links to them.
    account: "Konto",
    my_wishes: "Meine Wünsche",
    page_not_found: "Seite nicht gefunden",
    user_not_found: "Diese Person gibt es hier nicht",
    wishes_of: "Wünsche von \u{2068}{}\u{2069}",

    // The page for addresses that do not exist, and wish lists of users who do not exist.
    see_all_wishes: "Alle Wünsche ansehen",

    // Parts of the app that load on demand.
    chunk_not_loaded: "Dieser Teil von Wishboard lässt sich nicht laden. Prüfe deine Verbindung.",
    new_version: "Es gibt eine neue Version von Wishboard. Was du geschrieben hast, ist als Entwurf gespeichert.",
    reload: "Neu laden",

    // Buttons and states that several forms and lists have in common.
    cancel: "Abbrechen",
    current_version: "Aktuelle Fassung",
    delete: "Löschen",
    deleting: "Wird gelöscht…",
    discard_draft: "Verwerfen",
    draft_exists: "Du hast einen Entwurf.",
    draft_restored: "Dein Entwurf ist wieder da.",
    edit: "Bearbeiten",
    loading: "Wird geladen…",
    retry: "Erneut versuchen",
    retry_allowed: "Jetzt kannst du es noch einmal versuchen.",
    save: "Speichern",
    saving: "Wird gespeichert…",
    sent_with_remaining_text: "Gesendet. Was du danach getippt hast, steht noch hier.",

    // Fields of forms.
    characters_used: "{} von {} Zeichen",
    characters_missing: Plural { one: "Noch {} Zeichen.", other: "Noch {} Zeichen." },
    current_password: "Aktuelles Passwort",
    new_password: "Neues Passwort",
    password_long_enough: "Lang genug. Gut sind ein paar ungewöhnliche Wörter.",
    show_password: "{} anzeigen",
    show_password_lowercases_label: false,
    your_display_name: "Dein Name",

    // Lists of posts.
    empty_hint_sign_up: "Registriere dich",
    message_labels: ListLabels {
        log_in_and_submit: "Anmelden und senden",
        submitting: "Wird gesendet…",
        edit_heading: "Deine Nachricht bearbeiten",
        delete_question: "Diese Nachricht löschen?",
        empty_hint_guest: " und schreib die erste.",
        empty_hint_user: "Schreib die erste.",
        new_posts: Plural { one: "{} neue Nachricht", other: "{} neue Nachrichten" },
    },
    wish_labels: ListLabels {
        log_in_and_submit: "Anmelden und hinzufügen",
        submitting: "Wird hinzugefügt…",
        edit_heading: "Deinen Wunsch bearbeiten",
        delete_question: "Diesen Wunsch löschen?",
        empty_hint_guest: " und füge den ersten hinzu.",
        empty_hint_user: "Füge den ersten hinzu.",
        new_posts: Plural { one: "{} neuer Wunsch", other: "{} neue Wünsche" },
    },
    all_received: "Alle Wünsche auf dieser Liste sind erfüllt.",
    list_outdated: "Die Liste lässt sich gerade nicht aktualisieren.",
    mark_not_received: "Zurück zu den Wünschen",
    mark_received: "Als erhalten markieren",
    print: "Drucken",
    received_wishes: "Erhalten ({})",
    not_loaded_offline: "Du bist offline. Diese Liste wurde noch nicht geladen.",
    show_more: "Mehr anzeigen",
    show_less: "Weniger anzeigen",
    share: "Teilen",
    sort_by_date: "Nach Datum sortieren",
    sort_by_name: "Nach Namen sortieren",

    // Login and sign-up.
    log_in_and_delete: "Anmelden und löschen",
    log_in_and_save: "Anmelden und speichern",
    logging_in: "Wird angemeldet…",
    new_here: "Neu hier?",
    has_account: "Hast du schon ein Konto?",
    sign_up_intro: "Ein Konto für Nachrichten und Wunschlisten. Ohne E-Mail-Adresse.",
    signing_up: "Wird registriert…",

    // The account page: who is logged in, name and password.
    account_login_hint: "Melde dich an, um dein Konto zu sehen.",
    change_password: "Passwort ändern",
    name_saved: "Name gespeichert.",
    password_changed: "Passwort geändert.",
    save_name: "Namen speichern",

    // The account page: sessions. The texts call them devices.
    active_at: "Zuletzt aktiv {} · seit {}",
    active_now: "Gerade aktiv · seit {}",
    browser_on_system: "{} unter {}",
    device_logged_out: "Das Gerät wurde abgemeldet.",
    log_out_others: "Überall sonst abmelden",
    other_devices_logged_out: "Du wurdest überall sonst abgemeldet.",
    sessions: "Wo du angemeldet bist",
    this_device: "Dieses Gerät",
    unknown_browser: "Unbekannter Browser",

    // The account page: export.
    download_my_data: "Meine Daten herunterladen",
    export_intro: "Alles, was Wishboard über dich speichert, als JSON-Datei.",
    export_ready: "Deine Datei ist fertig.",
    exported_entries: Plural { one: "Bisher {} Eintrag…", other: "Bisher {} Einträge…" },
    exporting: "Datei wird vorbereitet…",
    save_file: "Datei speichern",
    your_data: "Deine Daten",

    // The account page: deletion.
    account_partly_deleted: "Du hast viele Beiträge, deshalb dauert das etwas. Wenn es abbricht, versuch es noch einmal, um fortzufahren.",
    delete_account: "Konto löschen",
    delete_account_detail: "Damit werden dein Konto, deine Nachrichten und deine Wünsche gelöscht. Das lässt sich nicht rückgängig machen.",
    delete_account_intro: "Löscht dein Konto und alles, was du geschrieben hast.",
    delete_account_question: "Dein Konto löschen?",
    delete_account_username: "Dein Benutzername kann danach nicht mehr verwendet werden, auch nicht von dir.",
    delete_my_account: "Mein Konto löschen",

    errors: ErrorTexts {
        offline: "Du bist offline. Nichts geht verloren: Versuch es wieder, wenn du online bist.",
        unreachable: "Wishboard ist nicht erreichbar. Prüfe deine Verbindung.",
        timeout: "Der Server hat zu lange nicht geantwortet. Bitte versuch es noch einmal.",
        rate_limited: "Zu viele Versuche. Bitte warte einen Moment.",
        post_deleted: "Das wurde woanders gelöscht. Sende es noch einmal, um es neu anzulegen.",
        user_changed: "In diesem Browser ist jetzt ein anderes Konto angemeldet. Es wurde nichts gesendet.",
        forbidden: "Das darfst du nicht.",
        key_reused: "Eine frühere Fassung davon wurde schon gesendet. Bearbeite sie, oder ändere diesen Text, um ihn neu zu senden.",
        gone: "Das wurde schon gesendet und dann gelöscht. Ändere den Text, um ihn noch einmal zu senden.",
    },
    notices: NoticeTexts {
        user_changed: "Du bist jetzt als \u{2068}{}\u{2069} angemeldet.",
        logout_pending: "Du bist hier abgemeldet, aber der Server ist nicht erreichbar. Lass den Browser offen: Er versucht es weiter.",
        post_not_sent: "Dein Text konnte nicht gesendet werden. Er ist als Entwurf gespeichert.",
        not_persisted: "Dieser Browser kann nichts speichern. Wenn du diese Seite schließt, wirst du abgemeldet und verlierst deine Entwürfe.",
        not_secure: "Browser merken sich Anmeldungen nur über https oder http://localhost. An dieser Adresse wirst du bald abgemeldet.",
        link_copied: "Link kopiert.",
        link_not_copied: "Der Link lässt sich hier nicht kopieren. Kopiere ihn aus der Adresszeile.",
        account_deleted: "Dein Konto wurde gelöscht.",
    },
};
