#!/usr/bin/env bash
# Lists the components and plugins of the build that have newer versions. Asks Maven Central, so it needs the network;
# SECURITY.md says how soon what it lists is taken over. Previews (alpha, beta, rc, milestone) are left out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=tools/jdk.sh
. tools/jdk.sh
find_jdk
export_maven_environment
versions=org.codehaus.mojo:versions-maven-plugin:2.18.0
mvn -B -ntp "$versions:display-dependency-updates" "$versions:display-plugin-updates" \
  -DprocessDependencyManagementTransitive=false \
  '-Dmaven.version.ignore=(?i).*[-.](alpha|beta|rc|m|cr|ea|preview|snapshot)[-.]?\d*' |
  sed -n -E 's/^\[(INFO|WARNING)\] +([A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+|[A-Za-z0-9_.-]+) \.*\s+(\S+ -> \S+)\s*$/\2  \3/p' |
  sort -u
