#!/usr/bin/env bash
# Writes the tests that prove each requirement into docs/reference/requirements.md. A test proves R07 when its name
# begins with r07_. Run it after adding or renaming such a test, and to settle a conflict in that table. What is
# missing of a requirement (the last column) is written by hand and left as it is, but for a "Not yet: " that a test
# has overtaken: say there what alone is missing still.
set -euo pipefail
export LC_ALL=C
cd "$(dirname "${BASH_SOURCE[0]}")/.."
table=docs/reference/requirements.md

find . -path '*/src/test/java/*' -name '*.java' -exec grep -HoE ' void r[0-9]{2}_\w+\(' {} + |
  sed -E 's|.*/([A-Za-z0-9]+)\.java: void (r([0-9]{2})_[^(]*)\($|R\3 \1#\2|' |
  sort -u |
  awk -v table="$table" '
    function padded(text) { return text == "" ? "" : text " " }
    { proofs[$1] = proofs[$1] (proofs[$1] == "" ? "" : "<br>") "`" $2 "`" }
    END {
      while ((getline line < table) > 0) {
        if (line ~ /^\| R[0-9][0-9] \|/) {
          split(line, cell, "|")
          for (i = 2; i <= 5; i++) gsub(/^ +| +$/, "", cell[i])
          if (proofs[cell[2]] != "" && cell[5] ~ /^Not yet: /) cell[5] = ""
          line = "| " cell[2] " | " cell[3] " | " padded(proofs[cell[2]]) "| " padded(cell[5]) "|"
        }
        print line
      }
    }' >"$table.new"
mv "$table.new" "$table"
