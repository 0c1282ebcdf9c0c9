#!/usr/bin/env bash
# Writes anew what tests generate from the code and compare with the repository: docs/reference/access.md and
# docs/reference/openapi.json.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tools/jdk.sh
. tools/jdk.sh
find_jdk
export_maven_environment
LIKENESS_REFRESH=1 mvn -B -q -Pquick -pl server -am -Dtest='AccessMatrixTest#the_table*,ApiDocumentTest#the_document*' \
  -Dsurefire.failIfNoSpecifiedTests=false verify
