# shellcheck shell=bash
# Sourced by ./likeness and ./check: finds a JDK 25 or newer wherever it is installed, whatever `java` on the PATH is.

# Sets version to the number of the JDK in $1, as one integer (25.0.1 -> 25000001); fails if that is no JDK 25 or newer.
jdk_version() {
  version=0
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  local line major='' minor='' patch='' rest=''
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=\"*)
        line=${line#JAVA_VERSION=\"}
        line=${line%%[!0-9.]*}
        IFS=. read -r major minor patch rest <<<"$line"
        ;;
    esac
  done <"$1/release"
  [ -n "$major" ] || return 1
  version=$((major * 1000000 + ${minor:-0} * 1000 + ${patch:-0}))
  [ "$major" -ge 25 ]
}

# Prints the home of the java on the PATH, asking it, because it may be a shim.
jdk_on_path() {
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# Sets jdk to the home of the JDK to use. What the user named wins; else 25, which we test with; else the newest.
find_jdk() {
  local home rank best=0
  jdk=''
  if [ -n "${LIKENESS_JAVA_HOME:-}" ]; then
    jdk_version "$LIKENESS_JAVA_HOME" && jdk=$LIKENESS_JAVA_HOME && return
    echo "LIKENESS_JAVA_HOME is $LIKENESS_JAVA_HOME but there is no JDK 25 or newer." >&2
    echo "Point it to one, or unset it and let the script search." >&2
    return 1
  fi
  if [ -n "${JAVA_HOME:-}" ] && jdk_version "$JAVA_HOME"; then
    jdk=$JAVA_HOME
    return
  fi
  for home in /usr/lib/jvm/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-/nowhere}"/.sdkman/candidates/java/* "${HOME:-/nowhere}"/.jdks/*; do
    jdk_version "$home" || continue
    rank=$version
    [ $((version / 1000000)) -eq 25 ] && rank=$((version + 1000000000))
    if [ "$rank" -gt "$best" ]; then
      best=$rank
      jdk=$home
    fi
  done
  [ -n "$jdk" ] && return
  if command -v java >/dev/null && home=$(jdk_on_path) && jdk_version "$home"; then
    jdk=$home
    return
  fi
  return 1
}

# Explains how to get a JDK 25.
explain_jdk() {
  cat >&2 <<'TEXT'
JDK 25 or newer was not found.
  Debian, Ubuntu:  apt-get install openjdk-25-jdk-headless
                   or, where the release has none, temurin-25-jdk as https://adoptium.net/installation/linux explains
  macOS:           brew install --cask temurin@25
  elsewhere:       unpack one from https://adoptium.net and set LIKENESS_JAVA_HOME to its folder
TEXT
}

# Maven 3.8 on JDK 25 warns about its own libraries; these options tell the JVM that this is known.
export_maven_environment() {
  export JAVA_HOME=$jdk
  export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
}
