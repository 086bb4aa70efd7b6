#!/usr/bin/env python3
"""Scores what khronika finds in labelled papers against their labels. Standard library only.

    tools/score_papers.py [--bin KHRONIKA] [--lang fr] [--show] FOLDER...

Each paper is NAME.txt beside NAME.json (papers/README.md says what a label holds). Every paper is built alone, as of the day
its label names. An act counts as found where one of its passages overlaps a mention of the label and the classes agree; each
act of either side is used once, so that a repeat counts as an error. Exit code 1 where a label does not fit its text.
"""

import argparse
import collections
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

CLASSES = set(
    "ANNUL VOID REVERSE_OWN REMAND UPHOLD VARY DISMISS INADMISSIBLE GRANT RECOGNISE REVOKE EXCLUDE SUSPEND LIFT ORDER_LEAVE "
    "FORBID_LEAVE REFUSE_ENTRY EXTRADITE DETAIN RELEASE CHARGE CONVICT ACQUIT DROP BAN DESIGNATE APPEAL FIND_VIOLATION "
    "REQUEST_MEASURE NOTIFY RESERVE DECIDE FILE".split()
)
# Classes that a careful reader may choose between for one act.
NEAR = {
    frozenset(pair)
    for pair in [
        ("DISMISS", "INADMISSIBLE"), ("DISMISS", "UPHOLD"), ("ANNUL", "VOID"), ("ANNUL", "REVERSE_OWN"),
        ("RECOGNISE", "GRANT"), ("FILE", "APPEAL"), ("LIFT", "RELEASE"), ("VARY", "ANNUL"), ("REVOKE", "ANNUL"),
        ("LIFT", "ANNUL"), ("GRANT", "ANNUL"), ("REVOKE", "LIFT"),
    ]
}
OPEN_CLASSES = {"DECIDE", "RESERVE"}


def agree(label, found):
    label, found = set(label), set(found)
    return bool(
        label & found
        or label <= OPEN_CLASSES
        or found <= OPEN_CLASSES
        or any(frozenset((a, b)) in NEAR for a in label for b in found)
    )


def fold(name):
    return re.sub(r"[\W_]+", " ", (name or "").lower().replace("’", "'")).strip()


def same_name(a, b):
    """Half of the shorter name's words begin alike: endings of case do not count."""
    stems = lambda name: {word[:5] for word in fold(name).split() if len(word) > 2}
    a, b = stems(a), stems(b)
    return bool(a and b) and 2 * len(a & b) >= min(len(a), len(b))


def same_date(a, b):
    return bool(a and b) and a.strip("~?%") == b.strip("~?%")


def overlap(spans, others):
    return any(a < d and c < b for a, b in spans for c, d in others)


def places(text, quote):
    found, at = [], text.find(quote)
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return found


def sentence(text, place):
    """The sentence that holds a place, roughly: up to a mark of an end and a space, or an empty line."""
    ends = r"[.!?;]\s|\n\s*\n"
    before = [m.end() for m in re.finditer(ends, text[: place[0]])]
    after = re.search(ends, text[place[1] :])
    return (before[-1] if before else 0, place[1] + after.start() if after else len(text))


def faults(label, text):
    """What in a label does not fit its text."""
    ids = {act["id"] for act in label.get("acts", [])}
    quotes = []
    for act in label.get("acts", []):
        quotes += act["mentions"]
        yield from (f"{act['id']}: no class {c}" for c in act["classes"] if c not in CLASSES)
        quotes += [*act.get("norms", []), *(act[key] for key in ("ground", "relief") if act.get(key))]
        yield from (f"{act['id']}: on {o}, which is no act" for o in act.get("on", []) if o not in ids)
    for key in ("not_acts", "deadlines", "statements", "dates"):
        quotes += [entry["quote"] for entry in label.get(key, [])]
    for conflict in label.get("conflicts", []):
        quotes += conflict["quotes"]
    quotes += (label.get("letter") or {}).get("demands", [])
    yield from (f"not in the text: {quote!r}" for quote in quotes if quote not in text)


class Paper:
    """One paper: its label, and the case that was built from it."""

    def __init__(self, label, case):
        self.label, self.case = label, case
        self.text = case["sources"][0]["text"]
        self.acts = {e["id"]: e for e in case["events"] if e.get("act")}
        self.actual = [e for e in self.acts.values() if e["status"] == "actual"]
        self.actors = {a["id"]: a for a in case["actors"]}
        self.count = collections.Counter(papers=1)
        self.notes = []

    def at(self, quotes):
        return [place for quote in quotes for place in places(self.text, quote)]

    @staticmethod
    def spans(finding):
        return [(p["start"], p["end"]) for p in finding["passages"]]

    @staticmethod
    def date(event):
        return (event.get("when") or {}).get("edtf")

    def add(self, name, hits, of):
        self.count[name] += hits
        self.count[name + "_of"] += of

    def score(self):
        matched = self.match_acts()
        self.score_matched(matched)
        self.score_told_links(matched)
        self.score_terms()
        self.score_rest(matched)
        self.score_deadlines()
        self.score_conflicts()
        self.score_statements()
        self.score_names_and_dates()
        self.score_letter()
        return self.count

    def match_acts(self):
        """Pairs acts of the label with acts of the case, the best pairs first."""
        labels, pairs = self.label.get("acts", []), []
        for index, label in enumerate(labels):
            where = self.at(label["mentions"])
            for event in self.actual:
                classes = event["act"]["outcomes"]
                if not overlap(self.spans(event), where) or not agree(label["classes"], classes):
                    continue
                worth = 4 if set(label["classes"]) & set(classes) else 2
                if same_date(self.date(event), label["date"]):
                    worth += 3
                elif self.date(event) and label["date"]:
                    worth -= 1
                worth -= min(len(p["quote"]) for p in event["passages"]) / 2000
                pairs.append((worth, index, event["id"]))
        matched, used = {}, set()
        for _, index, event in sorted(pairs, reverse=True):
            if index not in matched and event not in used:
                matched[index] = event
                used.add(event)
        # A service may be told as the day on which an act was served, not as an act of its own.
        days = [(e["act"].get("dates") or {}).get("service") for e in self.actual]
        days = {day["edtf"] if isinstance(day, dict) else day for day in days if day}
        told = [
            i for i, label in enumerate(labels)
            if i not in matched and label["classes"] == ["NOTIFY"] and days and (not label["date"] or label["date"] in days)
        ]
        self.add("acts", len(matched), len(labels) - len(told))
        for index, label in enumerate(labels):
            if index not in matched and index not in told:
                self.notes.append(f"missed  {label['classes']} {label['date']} “{label['mentions'][label.get('main', 0)]}”")
        return matched

    def linked(self, event, target, depth=0):
        return any(
            effect["on"] == target or (depth < 2 and effect["on"] in self.acts and self.linked(self.acts[effect["on"]], target, depth + 1))
            for effect in event["act"]["effects"]
        )

    def score_matched(self, matched):
        labels = self.label.get("acts", [])
        index_of = {label["id"]: index for index, label in enumerate(labels)}
        for index, event in matched.items():
            label, event = labels[index], self.acts[event]
            wrong = []
            check = lambda name, right, said: (self.add(name, bool(right), 1), None if right else wrong.append(said))
            check("class", set(label["classes"]) & set(event["act"]["outcomes"]), f"class {event['act']['outcomes']} for {label['classes']}")
            if label["date"]:
                check("date", same_date(self.date(event), label["date"]), f"date {self.date(event)} for {label['date']}")
            elif self.date(event):
                self.count["date_too_many"] += 1
            body = (event["act"].get("body") or {}).get("name")
            if label["body"]:
                check("body", body and same_name(body, label["body"]), f"body {body} for {label['body']}")
            standing = event["act"]["standing"]["status"]
            if label.get("standing"):
                check("standing", standing == label["standing"], f"standing {standing} for {label['standing']}")
            for target in label.get("on", []):
                meant = labels[index_of[target]]
                target = matched.get(index_of[target])
                there = "" if target else ", which was not found,"
                check("link", target and self.linked(event, target), f"no link to {meant['classes']} {meant['date']}{there}")
            if wrong:
                self.notes.append(f"wrong   “{label['mentions'][label.get('main', 0)]}”: " + "; ".join(wrong))

    def score_told_links(self, matched):
        """Of the links told between acts of the label, those that the label has; one through a third act will do."""
        labels = self.label.get("acts", [])
        on = {label["id"]: set(label.get("on", [])) for label in labels}
        reach = lambda id, depth: on[id] if depth == 0 else on[id] | {o for next in on[id] for o in reach(next, depth - 1)}
        label_of = {event: labels[index]["id"] for index, event in matched.items()}
        for event, id in label_of.items():
            for target in {e["on"] for e in self.acts[event]["act"]["effects"]} & set(label_of) - {event}:
                right = label_of[target] in reach(id, 2)
                self.add("links_told", right, 1)
                if not right:
                    quote = lambda e: min((p["quote"] for p in self.acts[e]["passages"]), key=len)
                    self.notes.append(f"link too many: “{quote(event)}” on “{quote(target)}”")

    def score_terms(self):
        """Provisions, grounds and relief, each place once: which act they are of is not scored."""
        if not self.label.get("terms"):
            return
        for name, told in [("norms", "norms"), ("ground", "grounds"), ("relief", "relief")]:
            found = {(p["start"], p["end"]) for e in self.acts.values() for p in e["act"].get(told, [])}
            quotes = [act[name] for act in self.label.get("acts", [])]
            quotes = {q for quote in quotes for q in (quote if isinstance(quote, list) else [quote] if quote else [])}
            where = {quote: self.at([quote]) for quote in quotes}
            missing = [quote for quote in quotes if not overlap(found, where[quote])]
            right = [f for f in found if any(overlap([f], places) for places in where.values())]
            self.add(name, len(quotes) - len(missing), len(quotes))
            self.add(name + "_told", len(right), len(found))
            self.notes += [f"no {name}: “{quote}”" for quote in missing]
            self.notes += [f"{name} too many: “{self.text[a:b]}”" for a, b in sorted(found - set(right))]

    def score_rest(self, matched):
        used = set(matched.values())
        self.count["acts_told"] += len(self.actual)
        rest = [e for e in self.actual if e["id"] not in used]
        for event in rest:
            repeat = any(
                overlap(self.spans(event), self.at(label["mentions"])) and agree(label["classes"], event["act"]["outcomes"])
                for label in self.label.get("acts", [])
            )
            self.count["repeats" if repeat else "false"] += 1
            quote = min((p["quote"] for p in event["passages"]), key=len)
            self.notes.append(f"{'repeat' if repeat else 'false':7} {event['act']['outcomes']} {self.date(event)} “{quote}”")
        for near in self.label.get("not_acts", []):
            where = self.at([near["quote"]])
            taken = any(a <= x and y <= b + 60 for e in rest for x, y in self.spans(e) for a, b in where)
            self.add("near_misses_taken", taken, 1)

    def score_deadlines(self):
        label = {entry["due"] for entry in self.label.get("deadlines", [])}
        days_of = lambda d: {d["due"]} | {alternative["due"] for alternative in d.get("alternatives") or []}
        told = [d for d in self.case["deadlines"] if d.get("due")]
        found = set().union(*map(days_of, told))
        self.add("deadlines", len(label & found), len(label))
        self.notes += [f"no deadline on {due}" for due in sorted(label - found)]
        # A day on which something only ends is no deadline that a label could hold.
        too_many = [d for d in told if d["kind"] != "expiry" and not days_of(d) & label]
        self.notes += [f"deadline on {d['due']} too many ({d['kind']})" for d in too_many]
        self.count["deadlines_false"] += len(too_many)

    def sides(self, entry):
        """Where the quotes of a conflict stand. A sentence tells one duty by its paper and by what that obliges to ("an undertaking: not
        to leave the town"), and a label quotes the one or the other."""
        quotes = [self.at([quote]) for quote in entry["quotes"]]
        if entry["kind"] != "opposite_duties":
            return quotes
        whole = [[sentence(self.text, place) for place in quote] for quote in quotes]
        apart = not any(overlap(a, b) for n, a in enumerate(whole) for b in whole[n + 1 :])
        return whole if apart else quotes

    def score_conflicts(self):
        # Another mention of the act that a quote tells of will do.
        acts = [self.at(act["mentions"]) for act in self.label.get("acts", [])]
        tells = lambda quote: quote + [span for act in acts if overlap(act, quote) for span in act]
        label = [
            (entry["kind"].replace("_", "-"), [tells(quote) for quote in self.sides(entry)])
            for entry in self.label.get("conflicts", [])
        ]
        events = {e["id"]: e for e in self.case["events"]}
        found = [
            (c["kind"].replace("_", "-"), self.spans(c) + [s for b in c["between"] if b in events for s in self.spans(events[b])])
            for c in self.case["conflicts"]
        ]
        is_told = lambda label, found: label[0] == found[0] and all(overlap(found[1], quote) for quote in label[1])
        missing = [entry for entry, l in zip(self.label.get("conflicts", []), label) if not any(is_told(l, f) for f in found)]
        too_many = [conflict for conflict, f in zip(self.case["conflicts"], found) if not any(is_told(l, f) for l in label)]
        self.add("conflicts", len(label) - len(missing), len(label))
        self.count["conflicts_false"] += len(too_many)
        against = lambda quotes: " against ".join(f"“{quote}”" for quote in quotes)
        self.notes += [f"no conflict {entry['kind']}: {against(entry['quotes'])}" for entry in missing]
        self.notes += [f"conflict too many: {c['kind']}: {against(p['quote'] for p in c['passages'])}" for c in too_many]

    def score_statements(self):
        for entry in self.label.get("statements", []):
            where = self.at([entry["quote"]])
            found = [s for s in self.case["statements"] if overlap(self.spans(s), where)]
            self.add("statements", bool(found), 1)
            if not found:
                self.notes.append(f"no statement of {entry['speaker']}: “{entry['quote']}”")
            speakers = [s["speaker"] for s in found if s["speaker"]]
            names = [s["name"] for s in speakers] + [self.actors[s["actor"]]["name"] for s in speakers if s["actor"] in self.actors]
            self.add("speakers", any(name and same_name(name, entry["speaker"]) for name in names), 1)

    def score_names_and_dates(self):
        names = {fold(n["text"]) for a in self.case["actors"] for n in a["names"]} | {fold(a["name"]) for a in self.case["actors"]}
        for entry in self.label.get("actors", []):
            self.add("actors", any(fold(n) in names for n in [entry["name"], *entry.get("variants", [])]), 1)
        for entry in self.label.get("dates", []):
            where = self.at([entry["quote"]])
            found = [d for d in self.case["dates"] if overlap([(d["passage"]["start"], d["passage"]["end"])], where)]
            self.add("dates", any(same_date(d.get("edtf"), entry["value"]) or d["value"] == entry["value"] for d in found), 1)
            self.add("date_roles", any(d["role"] == entry["role"] for d in found), 1)

    def score_letter(self):
        label = self.label.get("letter")
        if not label:
            return
        found = [s for letter in self.case["letters"] for s in letter["signatories"]]
        pairs = {(fold(s["name"]), s["kind"]) for s in found}
        self.add("signatories", sum((fold(s["name"]), s["kind"]) in pairs for s in label["signatories"]), len(label["signatories"]))


def build(program, paper, label):
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "out")
        command = [program, "build", paper, "--out", out, "--quiet"]
        if label.get("as_of"):
            command += ["--as-of", label["as_of"]]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        try:
            with open(os.path.join(out, "case.json"), encoding="utf-8") as file:
                return json.load(file)
        except OSError:
            sys.exit(f"{paper}: no case was built: {done.stderr}")


def percent(hits, of):
    return f"{hits:4}/{of:<4} {100 * hits / of:3.0f} %" if of else f"{hits:4}/{of:<4}    -"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--bin", default="target/release/khronika", help="the program (default: %(default)s)")
    parser.add_argument("--lang", help="only papers in this language")
    parser.add_argument("--show", action="store_true", help="print what was missed, wrong or too many in each paper")
    options = parser.parse_args()

    groups, broken = collections.defaultdict(collections.Counter), 0
    for name in sorted(n for folder in options.folders for n in glob.glob(os.path.join(folder, "*.json"))):
        with open(name, encoding="utf-8") as file:
            label = json.load(file)
        if options.lang and label["lang"] != options.lang:
            continue
        paper = name.removesuffix(".json") + ".txt"
        with open(paper, encoding="utf-8", newline="") as file:
            text = file.read()
        for fault in faults(label, text):
            print(f"{name}: {fault}", file=sys.stderr)
            broken += 1
        scored = Paper(label, build(options.bin, paper, label))
        count = scored.score()
        for group in ("all", label["lang"], label["kind"]):
            groups[group].update(count)
        if options.show:
            print(f"== {name}")
            print("".join(f"   {note}\n".replace("\r", "") for note in scored.notes), end="")

    columns = sorted(groups, key=lambda g: (g != "all", len(g), g))
    rows = [
        ("acts found", lambda c: percent(c["acts"], c["acts_of"])),
        ("acts told that are right", lambda c: percent(c["acts"], c["acts_told"])),
        ("  of the rest, repeats", lambda c: f"{c['repeats']:4}"),
        ("near misses taken for acts", lambda c: percent(c["near_misses_taken"], c["near_misses_taken_of"])),
        *[
            (title, lambda c, key=key: percent(c[key], c[key + "_of"]))
            for title, key in [
                ("class of acts found", "class"), ("their date", "date"), ("their body", "body"), ("their links", "link"),
                ("links told that are right", "links_told"), ("their standing", "standing"),
                ("provisions", "norms"), ("  told that are right", "norms_told"), ("grounds", "ground"),
                ("  told that are right", "ground_told"), ("relief", "relief"), ("  told that are right", "relief_told"),
                ("deadlines", "deadlines"),
            ]
        ],
        ("  deadlines too many", lambda c: f"{c['deadlines_false']:4}"),
        ("conflicts", lambda c: percent(c["conflicts"], c["conflicts_of"])),
        ("  conflicts too many", lambda c: f"{c['conflicts_false']:4}"),
        *[
            (title, lambda c, key=key: percent(c[key], c[key + "_of"]))
            for title, key in [
                ("statements", "statements"), ("their speakers", "speakers"), ("actors", "actors"), ("dates and values", "dates"),
                ("roles of dates", "date_roles"), ("signatories and kinds", "signatories"),
            ]
        ],
    ]
    print(f"{'':28}" + "".join(f"{g + ' (' + str(groups[g]['papers']) + ')':>18}" for g in columns))
    for title, cell in rows:
        print(f"{title:28}" + "".join(f"{cell(groups[g]):>18}" for g in columns))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
