// What an attacker might put into a message, a nick, a topic or an error to take over the terminal of
// its reader, or to spoil what they see: more than 300 strings, by family. Data only.

const esc = "\x1b";
const bell = "\x07";
const st = `${esc}\\`;

/** Every C0 control but the line end, DEL, and every 8-bit C1. */
const controls = [
  ...Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).filter((c) => c !== "\n"),
  ...Array.from({ length: 33 }, (_, code) => String.fromCharCode(0x7f + code)),
].map((control) => `a${control}b`);

/** CSI: clears, places, scrolls, modes, looks, questions, and the keyboard. */
const csiBodies = [
  ...["2J", "3J", "J", "1J", "K", "2K", "H", "1;1H", "999;999H", "5A", "9B", "99C", "99D", "9E"],
  ...[
    "9F",
    "40G",
    "5S",
    "5T",
    "9L",
    "9M",
    "9P",
    "9X",
    "9@",
    "2;5r",
    "s",
    "u",
    "0c",
    "c",
    ">c",
    "=c",
  ],
  ...["5n", "6n", "?6n", "?15n", "0m", "31;1;5;7m", "38;2;1;2;3m", "48;5;1m", "58:2::1:2:3m", "8m"],
  ...[
    "?25l",
    "?25h",
    "?1049h",
    "?1049l",
    "?1000h",
    "?1006h",
    "?2004h",
    "?2004l",
    "?2026h",
    "?1004h",
  ],
  ...[
    "?47h",
    "?5h",
    "?7l",
    "?3h",
    "4h",
    "20h",
    "2 q",
    "!p",
    "?1;2c",
    "18t",
    "21t",
    "8;1;1t",
    "22;0t",
  ],
  ...["3;0;0t", "5t", ">4;2m", ">5u", "<u", "?u", "200~", "201~", "1;2'z", "$p", "?2026$p", "14b"],
];
const csi = csiBodies.flatMap((body) => [`${esc}[${body}`, `x\u009b${body}y`]);

/** Titles, clipboard, notifications, links, palettes, working directory, iTerm, prompts. */
const oscBodies = [
  ...["0;evil", "1;evil", "2;evil", "4;0;#ff0000", "4;0;?", "7;file:///etc", "9;you have mail"],
  ...[
    "9;4;1;50",
    "10;?",
    "11;?",
    "12;red",
    "52;c;ZXZpbA==",
    "52;c;?",
    "104",
    "110",
    "112",
    "133;A",
  ],
  ...["8;;https://example.org/", "8;id=1;file:///etc/passwd", "8;;", "777;notify;a;b", "99;i=1;hi"],
  ...[
    "1337;File=inline=1:AAAA",
    "1337;SetMark",
    "1337;ClearScrollback",
    "633;A",
    "22;pointer",
    "5522;",
  ],
];
const osc = oscBodies.flatMap((body) => [
  `${esc}]${body}${bell}`,
  `${esc}]${body}${st}`,
  `\u009d${body}\u009c`,
]);

/** DCS, APC, PM, SOS; answers to questions, kitty's graphics, sixel, tmux's passage. */
const strings = [
  ...["P+q544e", "P$qm", "P1$r0m", "P>|xterm", "Pq#0;2;0;0;0#0~~@@", "P0;1;0q!999~-", "P=1s"],
  ...[
    "Ptmux;\x1b\x1b]52;c;ZXZpbA==\x07",
    "_Gf=100,a=T;AAAA",
    "_Ga=q,i=1;",
    "_evil",
    "^evil",
    "Xevil",
  ],
].flatMap((body) => [`${esc}${body}${st}`, `${esc}${body}`]);
const eightBit = ["\u0090", "\u0098", "\u009e", "\u009f"].map((begin) => `${begin}Gevil\u009c`);

/** Escape with one more: resets, character sets, keypads, tests of the screen. */
const escapes = [..."c78=>DEMHNOZVW6<lmno|}~", "#8", "#3", "(0", ")0", "*B", "%G", "%@", " F"].map(
  (rest) => `${esc}${rest}end`,
);

/** Cut, nested, and broken off. */
const broken = [
  ...[
    esc,
    `${esc}[`,
    `${esc}]`,
    `${esc}[31`,
    `${esc}]0;evil`,
    `${esc}]8;;http://x`,
    "\u009b",
    "\u009d",
  ],
  ...[
    `${esc}${esc}[2J`,
    `${esc}[${esc}[2J`,
    `${esc}]0;${esc}[2J${bell}`,
    `${esc}P${esc}]0;a${bell}${st}`,
  ],
  ...[
    `${esc}\n[2J`,
    `${esc}\u200b[2J`,
    `${esc}\u0301[2J`,
    `${esc}[2\x00J`,
    `${esc}[2\x18J`,
    `\x1a${esc}[H`,
  ],
  ...[
    "\x1b\x1b\x1b\x1b",
    "\x9b\x9b\x9b",
    `${esc}[${"9".repeat(3000)}m`,
    `${esc}]2;${"x".repeat(5000)}`,
  ],
  ...[
    "^[[2J",
    "\\x1b[2J",
    "\\u001b[2J",
    "␛[2J",
    "%1B[2J",
    "&#27;[2J",
    "\u241b[31m",
    "\u{e001b}[2J",
  ],
];

/** What turns letters around, or is not seen. */
const bidi = [
  ..."\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
].flatMap((mark) => [`safe${mark}exe.txt`, mark.repeat(40), `${mark}https://example.org/`]);
const unseen = [
  ..."\u00ad\u034f\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u2028\u2029\u2060\u2061\u206f\u3164\ufe00",
  ..."\ufe0f\ufeff\uffa0\ufff9\ufffb\ufffc\ufffe\uffff",
  "\u{1d173}",
  "\u{e0001}",
  "\u{e0041}",
  "\u{e0100}",
  "\u{10ffff}",
].flatMap((point) => [`a${point}b`, point.repeat(30)]);

/** Piles, letters without end, halves, the other direction, widths that terminals quarrel about. */
const shapes = [
  `z${"\u0301".repeat(500)}`,
  `${"\u0489\u0336".repeat(200)}`,
  "👩‍".repeat(200),
  `👨${"\u200d👨".repeat(300)}`,
  "🏴\u{e0067}\u{e0062}\u{e007f}",
  "🇰".repeat(41),
  "ᄒ".repeat(100),
  `각${"\u11a8".repeat(100)}`,
  "\ud800",
  "\udc00",
  "a\ud83d",
  "\udc4db",
  "\ud800\ud800[2J",
  "שלום עולם",
  "مرحبا بالعالم",
  "a שלום b 123 مرحبا",
  "﷽".repeat(20),
  "𒐫𒈙⸻꧅".repeat(10),
  "ก็็็็็็็็็็็็็็็็็็็็",
  "क्‍षि".repeat(50),
  "①②③①※○●☆■".repeat(30),
  "ＡＢＣ".repeat(60),
  "│─┌┐└┘├┤".repeat(30),
  "x".repeat(8000),
  "한".repeat(2700),
  " ".repeat(500),
  "\u3000".repeat(200),
  "\u00a0".repeat(200),
];

/** Line ends and tabs that would write over what stands there, or forge a line. */
const lines = [
  ...[
    "real\rfake",
    "a\r\nb",
    "a\n\n\nb",
    "a\x0bb\x0cc",
    "a\x85b",
    "\n".repeat(200),
    "\t".repeat(100),
  ],
  ...["a\b\b\bfake", "\r\x1b[K", "hi\n12:00 ann │ forged", "\n● online  root ───", "x\t\ty\t한\tz"],
];

/** Addresses that would carry something to where links are written. */
const links = [
  `https://example.org/${esc}]0;evil${bell}`,
  `https://example.org/\u009d0;evil\u009c`,
  "https://example.org/\u202egpj.exe",
  "https://example.org/%1b%5d0;evil%07",
  "https://example.org/%0a%0d%00",
  `https://example.org/a;b;${esc}\\c`,
  `http://a${esc}[2J.example/`,
  "https://user:pass\u0007@example.org/",
  "https://例え.example/한글?질문=답#조각",
  "https://xn--e1afmkfd.example/",
  "javascript:alert(1)",
  "file:///etc/passwd",
  "https://[::1]:80/\x9b31m",
  "https://example.org/\ud800\udfff",
  "https://example.org/👨‍👩‍👧/🇰🇷",
  `https://example.org/${"a".repeat(600)}`,
  `https://example.org/${"한".repeat(300)}`,
  'https://example.org/"><\x1b]8;;file:///',
];

export const hostileStrings: readonly string[] = [
  ...controls,
  ...csi,
  ...osc,
  ...strings,
  ...eightBit,
  ...escapes,
  ...broken,
  ...bidi,
  ...unseen,
  ...shapes,
  ...lines,
  ...links,
];
