"""Letters and what stands for them in a machine-readable zone (ICAO Doc 9303-3, section 6, tables A, B and C)."""

import re
from collections.abc import Mapping

LATIN: Mapping[str, tuple[str, ...]] = {
    "Ä": ("AE", "A"), "Å": ("AA", "A"), "Æ": ("AE",), "Ð": ("D",), "Ñ": ("N", "NXX"), "Ö": ("OE", "O"), "Ø": ("OE",),
    "Ü": ("UE", "UXX", "U"), "Þ": ("TH",), "ẞ": ("SS",), "Đ": ("D",), "Ħ": ("H",), "ı": ("I",), "İ": ("I",), "Ĳ": ("IJ",),
    "Ł": ("L",), "Ŋ": ("N",), "Œ": ("OE",), "Ŧ": ("T",), "Ŀ": ("L",), "ĸ": ("Q",),
}  # fmt: skip # table A where it is not the letter without its mark
CYRILLIC: Mapping[str, tuple[str, ...]] = {
    "Ё": ("E", "IO"), "Ђ": ("D",), "Є": ("IE", "YE"), "Ѕ": ("DZ",), "І": ("I",), "Ї": ("I", "YI"), "Ј": ("J",), "Љ": ("LJ",),
    "Њ": ("NJ",), "Ќ": ("K", "KJ"), "Ў": ("U",), "Џ": ("DZ", "DJ"), "А": ("A",), "Б": ("B",), "В": ("V",), "Г": ("G", "H"),
    "Д": ("D",), "Е": ("E",), "Ж": ("ZH", "Z"), "З": ("Z",), "И": ("I", "Y"), "Й": ("I",), "К": ("K",), "Л": ("L",),
    "М": ("M",), "Н": ("N",), "О": ("O",), "П": ("P",), "Р": ("R",), "С": ("S",), "Т": ("T",), "У": ("U",), "Ф": ("F",),
    "Х": ("KH", "H"), "Ц": ("TS", "C"), "Ч": ("CH", "C"), "Ш": ("SH", "S"), "Щ": ("SHCH", "SHT"), "Ъ": ("IE",), "Ы": ("Y",),
    "Ь": ("",), "Э": ("E",), "Ю": ("IU",), "Я": ("IA",), "Ґ": ("G",), "Ѓ": ("G", "GJ"), "Ћ": ("C",), "Ѫ": ("U",), "Ѵ": ("Y",),
    "Ғ": ("F",), "Һ": ("C",),
}  # fmt: skip # table B; after the first what Belarusian, Bulgarian, Macedonian, Serbian or Ukrainian takes instead
ARABIC: Mapping[str, str] = {
    "ء": "XE", "آ": "XAA", "أ": "XAE", "ؤ": "U", "إ": "I", "ئ": "XI", "ا": "A", "ب": "B", "ة": "XTA", "ت": "T", "ث": "XTH",
    "ج": "J", "ح": "XH", "خ": "XKH", "د": "D", "ذ": "XDH", "ر": "R", "ز": "Z", "س": "S", "ش": "XSH", "ص": "XSS", "ض": "XDZ",
    "ط": "XTT", "ظ": "XZZ", "ع": "E", "غ": "G", "ف": "F", "ق": "Q", "ك": "K", "ل": "L", "م": "M", "ن": "N", "ه": "H",
    "و": "W", "ى": "XAY", "ي": "Y", "ٱ": "XXA", "ٹ": "XXT", "ټ": "XRT", "پ": "P", "ځ": "XKE", "څ": "XXH", "چ": "XC",
    "ڈ": "XXD", "ډ": "XDR", "ڑ": "XXR", "ړ": "XRR", "ږ": "XRX", "ژ": "XJ", "ښ": "XXS", "ک": "XKK", "ګ": "XXK", "ڭ": "XNG",
    "گ": "XGG", "ں": "XNN", "ڼ": "XXN", "ھ": "XDO", "ۀ": "XYH", "ہ": "XXG", "ۂ": "XGE", "ۃ": "XTG", "ی": "XYA", "ۍ": "XXY",
    "ې": "Y", "ے": "XYB", "ۓ": "XBE",
}  # fmt: skip # table C
RUSSIAN = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЮЯ"
VOWEL_BEFORE_SHORT_I = re.compile(r"(?<=[АЕОУЫЯЮИ])И")
SHORT_I, SOFT_IE = "Й", "ЬЕ"
DOTLESS_I = "ı"
HYPHENS = "-<‐‑–,/"
