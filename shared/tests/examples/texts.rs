//! Texts with and without a visible character, for the tests of `shared` and of the app in a browser.

/// Texts without a visible character.
pub const INVISIBLE: [&str; 45] = [
    // Default_Ignorable_Code_Point, of letters, marks and format characters.
    "\u{ad}",
    "\u{34f}",
    "\u{61c}",
    "\u{115f}",
    "\u{1160}",
    "\u{17b4}",
    "\u{17b5}",
    "\u{180b}",
    "\u{180e}",
    "\u{180f}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{200e}",
    "\u{202e}",
    "\u{2060}",
    "\u{2064}",
    "\u{2065}",
    "\u{2069}",
    "\u{3164}",
    "\u{fe00}",
    "\u{fe0f}",
    "\u{feff}",
    "\u{ffa0}",
    "\u{fff0}",
    "\u{1bca0}",
    "\u{1d173}",
    "\u{e0001}",
    "\u{e0020}",
    "\u{e0100}",
    // Other format characters.
    "\u{600}",
    "\u{fff9}",
    "\u{fffb}",
    "\u{13430}",
    // Private use.
    "\u{e000}",
    "\u{f8ff}",
    "\u{f0000}",
    "\u{10fffd}",
    // Unassigned code points and noncharacters.
    "\u{378}",
    "\u{ffff}",
    "\u{fdd0}",
    // Blank symbols.
    "\u{2800}",
    "\u{1d159}",
    // Several of them, with spaces in between.
    "\u{2800}\u{a0}\u{3164}\u{2003}\u{e000}",
    "\u{200d}\u{fe0f}\u{378}",
];

/// Names with a visible character.
pub const VISIBLE: [&str; 29] = [
    "a",
    ".",
    "?",
    "$",
    "7",
    "Ann",
    "O'Neil-Smith, Jr.",
    "é",
    "e\u{301}",
    "李小龙",
    "さくら",
    "김민준",
    "\u{1112}\u{1161}\u{11ab}",
    "محمد",
    "مُحَمَّد",
    "می\u{200c}خواهم",
    "דָּוִד",
    "हिन्दी",
    "क्\u{200d}ष",
    "தமிழ்",
    "ไทย",
    "👩\u{200d}🚀",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "❤\u{fe0f}",
    "1\u{fe0f}\u{20e3}",
    "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
    "🇩🇪",
    "\u{fffd}",
    "\u{3164}a\u{2800}",
];

/// Names in which a combining mark is the first visible character, or comes before it.
pub const MARK_FIRST: [&str; 10] = [
    "\u{301}",
    "\u{301}Ann",
    "\u{34f}Ann",
    "\u{fe0f}Ann",
    "\u{20dd}Ann",
    "\u{903}Ann",
    "\u{e31}Ann",
    "\u{200b}\u{301}Ann",
    "\u{3164}\u{308}Ann",
    "\u{1d165}Ann",
];

/// Characters that control the direction of text.
pub const DIRECTION_CONTROLS: [char; 12] = [
    '\u{61c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202b}', '\u{202c}', '\u{202d}', '\u{202e}',
    '\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}',
];
