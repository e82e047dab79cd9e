<%page args="answer, title, plot, rate, percent"/>\
<%def name="table(heads, rows)">\
<table><tr>\
% for each in heads:
<th>${each}</th>\
% endfor
</tr>\
% for row in rows:
<tr>\
% for cell in row:
<td>${cell}</td>\
% endfor
</tr>\
% endfor
</table>
</%def>\
<% scores, failed = answer["scores"], answer["failure_to_acquire"] %>\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${title}</title>
<style>
body{font:16px/1.5 sans-serif;max-width:960px;margin:32px auto;padding:0 16px;color:#1b1f24}
h1,h2{font-weight:600} table{border-collapse:collapse;margin:12px 0} td,th{padding:4px 14px 4px 0;text-align:right;
font-variant-numeric:tabular-nums} td:first-child,th:first-child{text-align:left} th{border-bottom:1px solid #8a929b}
.quiet{color:#5a636c}
</style>
<h1>${title}</h1>
<p>${answer["photos"]} photographs of ${answer["people"]} people. Encoder ${answer["encoder"]["name"]} <span
class=quiet>${answer["encoder"]["digest"][:16]}</span>. Failure to acquire: ${failed["count"]} (${percent(failed["rate"])}).
Intervals hold ${answer["interval"]}.</p>
<p>Terms as in ISO/IEC 19795-1. A face match is a lead, never a decision.</p>
<% told = {name: each["verification"] for name, each in scores.items() if "verification" in each} %>\
<% known = {name: each for name, each in told.items() if "refused" not in each} %>\
% if told:
<h2>Verification: one photograph against one</h2>
% endif
% for name, each in told.items():
% if "refused" in each:
<p>${name}: ${each["refused"]}</p>
% endif
% endfor
% if known:
${plot(known) | n}
${table(("Score", "FMR", "Threshold", "FNMR"), [(name, f"{at['fmr']:g}", f"{at['threshold']:.4f}", rate(at["fnmr"])) for name, each in known.items() for at in each["at_fmr"]])}\
% endif
% for name, each in known.items():
<p class=quiet>${name}: ${each["mated_people"]} people seen twice, ${each["mated_pairs"]} pairs of one person,
${each["pairs_of_strangers"]} pairs of different people; equal error rate
${percent(each["equal_error"]) if each["equal_error"] is not None else "not on the curve"}.\
% if each["not_carried"]:
 Not told, too few people: FMR ${", ".join(f"{fmr:g}" for fmr in each["not_carried"])}.\
% endif
</p>
% endfor
% if answer.get("comparison"):
<h2>Comparison on the same pairs</h2>
${table(("FNMR", "at FMR", "difference"), [(f"{row['second']} less {row['first']}", f"{row['fmr']:g}", rate(row["fnmr_difference"])) for row in answer["comparison"]])}\
% endif
<% listed = [(name, each) for name, score in scores.items() for each in score.get("identification", ())] %>\
% if listed:
<h2>Identification: one photograph against a list</h2>
${table(("Score", "Entries", "Strangers searched", "Listed people searched", "FPIR", "FNIR"), [(name, each["entries"], each["strangers"], each["mated_people"], percent(each["fpir"]), rate(each["fnir"])) for name, each in listed])}\
% endif
% for name, score in scores.items():
% for at in score.get("groups", ()):
<h2>By declared group: ${name} at FMR ${f"{at['fmr']:g}"}</h2>
<p>One threshold for all, ${f"{at['threshold']:.4f}"}, set by ${at["set_by"]}.</p>
${table(("Group", "People", "FMR within", "FNMR", "FNMR less everybody's"), [(each["name"], each["people"], rate(each["fmr"]), rate(each["fnmr"]), rate(each["fnmr_difference"])) for each in at["groups"]])}\
% endfor
% endfor
</html>
