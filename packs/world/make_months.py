#!/usr/bin/env python3
"""Makes months.tsv: how languages name months and days of the week and in which order they write dates in digits.

usage: make_months.py FOLDER

FOLDER holds the unpacked npm packages cldr-dates-full and cldr-cal-persian-full (Unicode-3.0, see
LICENSES/Unicode-3.0.txt). The languages are those of language.tsv beside this script, and the
variants named here.
"""
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
# names that differ between the countries of a language, or its scripts
VARIANTS = {"ar": ["ar-LB", "ar-DZ", "ar-MA", "ar-EG"], "sr": ["sr-Latn"], "uz": ["uz-Cyrl"], "pt": ["pt-PT"], "nb": ["nn", "no"], "es": ["es-PY"]}
# English is written in both orders; where it names its country, that tells
ENGLISH = ["US", "GB", "AU", "NZ", "IE", "IN", "ZA", "PH", "SG", "MY", "KE", "NG"]


def calendar(folder, tag, name):
    path = folder / f"cldr-{'dates' if name == 'gregorian' else 'cal-' + name}-full" / "main" / tag / f"ca-{name}.json"
    if not path.exists():
        return None
    return json.loads(path.read_text(encoding="utf-8"))["main"][tag]["dates"]["calendars"][name]


def months_of(data):
    """Month -> forms: in a date and alone, whole and short; what a date glues to them ('במרץ') goes along."""
    glued = re.search(r"(?:^|[^\w'])(\w*?)MMMM(?:'(\w+)')?", re.sub(r"'(\w+)'(?=MMMM)", r"\1", data["dateFormats"]["long"]))
    before, after = (glued.group(1).strip("dyMG"), glued.group(2) or "") if glued else ("", "")
    forms = {}
    for style, width in [("format", "wide"), ("stand-alone", "wide"), ("format", "abbreviated"), ("stand-alone", "abbreviated")]:
        for number, word in data["months"][style][width].items():
            word = word.lower().replace("\u0307", "").strip(" .\u200f\u200e")
            # 'm03' is a form, no word
            if re.fullmatch(r"m?\d+", word) or sum(c.isalpha() for c in word) < 2:
                continue
            for form in (word, before + word + after):
                known = forms.setdefault(int(number), [])
                if form not in known:
                    known.append(form)
    return forms


def weekdays_of(data):
    """Whole names, in a date and alone, and the short ones of three letters or more."""
    found = []
    for style, width in [("format", "wide"), ("stand-alone", "wide"), ("format", "abbreviated")]:
        for word in data["days"][style][width].values():
            word = word.lower().replace("\u0307", "").strip(" .\u200f\u200e")
            if (width == "wide" or sum(c.isalpha() for c in word) >= 3) and word not in found:
                found.append(word)
    return found


def order_of(data):
    letters = "".join(c for c in re.sub(r"'[^']*'", "", data["dateFormats"]["short"]) if c in "dMy")
    first = letters[0] if letters else ""
    return "day-first" if first == "d" else None


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    lines = (HERE / "language.tsv").read_text(encoding="utf-8").splitlines()
    tags = sorted({line.split("\t")[0] for line in lines if line and line[0] != "#"} - {"language"} | {"en", "id", "it"})
    rows = []
    for tag in tags:
        found = [data for t in [tag, *VARIANTS.get(tag, [])] if (data := calendar(folder, t, "gregorian"))]
        forms = {}
        for data in found:
            for number, words in months_of(data).items():
                forms.setdefault(number, []).extend(w for w in words if w not in forms.get(number, []))
        rows += [(tag, f"month-{n}", "|".join(forms[n])) for n in sorted(forms)]
        if found:
            rows.append((tag, "weekday", "|".join(weekdays_of(found[0]))))
        if tag == "en":
            orders = {c: order_of(calendar(folder, "en" if c == "US" else f"en-{c}", "gregorian")) for c in ENGLISH}
            rows.append((tag, "date-order", "|".join(f"{o} {c}" for c, o in orders.items() if o == "day-first")))
        elif found and order_of(found[0]):
            rows.append((tag, "date-order", order_of(found[0])))
    persian = calendar(folder, "fa", "persian")["months"]["format"]["wide"]
    rows.append(("fa", "solar-month", "|".join(f"{word} {n}" for n, word in sorted((int(n), w) for n, w in persian.items()))))
    with open(HERE / "months.tsv", "w", encoding="utf-8") as out:
        out.write("# How languages name months and days of the week, and in which order they write dates in digits: facts of Unicode CLDR 48\n")
        out.write("# (Unicode-3.0, see LICENSES/Unicode-3.0.txt). Made by make_months.py; what CLDR does not have stands in page.tsv.\n")
        out.write("language\tkind\twords\n")
        out.writelines("\t".join(row) + "\n" for row in rows)


main()
