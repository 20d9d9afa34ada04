#!/bin/sh
# Proves the tests: applies each mutant of Meower to a copy of the sources, builds it, and runs what has to notice it.
#
#   e2e/mutants/run.sh [NAME…]        the mutants are the patches beside this file; all of them by default
#
# The head of a patch says what breaks, and what has to catch it, in one of three ways:
#   Caught-by: test MODULE CLASS      unit tests, or integration tests when CLASS ends so
#   Caught-by: page SPEC              tests of the page
#   Caught-by: chaos OPTIONS          a run of ./meower chaos
# Ends with 1 when one survives, with 2 when one does not apply or does not build.
set -u

HERE=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
ROOT=$(CDPATH='' cd -- "$HERE/../.." && pwd)
SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/meower-mutants.XXXXXX")
trap 'rm -rf "$SCRATCH"' EXIT
trap 'exit 130' INT TERM
TREE=$SCRATCH/meower
LOGS=$ROOT/target/mutants
# As ./meower does when nothing is said.
for home in "${JAVA25_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* "${HOME:-}"/.jdks/*25*; do
  if grep -q '^JAVA_VERSION="25' "$home/release" 2>/dev/null; then
    JAVA_HOME=$home
    export JAVA_HOME
    break
  fi
done
result=0

# shellcheck disable=SC2046
[ $# -gt 0 ] || set -- $(cd "$HERE" && for patch in *.patch; do echo "${patch%.patch}"; done)

# The sources and what has been built of them, so that only what a mutant changes is built again.
copy_tree() {
  mkdir -p "$TREE" "$LOGS"
  (cd "$ROOT" && {
    git ls-files -co --exclude-standard
    for built in */target/classes */target/lib */target/maven-status */target/*.jar standalone/target/elasticsearch frontend/dist \
      frontend/node_modules; do
      [ ! -e "$built" ] || echo "$built"
    done
  } | tar -cf - -T -) | tar -xf - -C "$TREE"
  (cd "$TREE" && git init -q . 2>/dev/null || :)
}

maven() { (cd "$TREE" && mvn -B -ntp "$@" -Dspotless.check.skip -Denforcer.skip); }

# Whether tests have failed, and not something else.
has_failures() { grep -Eqs '(failures|errors)="[1-9]' "$TREE/$1"/target/surefire-reports/TEST-*.xml "$TREE/$1"/target/failsafe-reports/TEST-*.xml; }

run_tests() {
  rm -rf "$TREE/$1/target/surefire-reports" "$TREE/$1/target/failsafe-reports"
  case $2 in
    *IntegrationTests*) only="-Dtest=None -Dit.test=$2" ;;
    *) only="-Dtest=$2 -DskipITs" ;;
  esac
  # shellcheck disable=SC2086
  maven verify -pl "$1" -am $only -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false >"$log" 2>&1 &&
    return 0
  has_failures "$1" && return 1
  return 2
}

# Likewise; a page whose tests cannot run says nothing.
run_page() {
  (cd "$TREE/frontend" && { [ -e node_modules ] || npm ci; } && NO_COLOR=1 npx vitest run "$@") >"$log" 2>&1 && return 0
  grep -Eq '^ *Tests .*[0-9] failed' "$log" && return 1
  return 2
}

# A mutant is caught by a run that counts violations, not by one that cannot start.
run_chaos() {
  (cd "$TREE" && ./meower chaos "$@") >"$log" 2>&1 && return 0
  grep -q '^| fault ' "$log" && return 1
  return 2
}

judge() {
  name=$1
  shift
  log=$LOGS/$name.log
  kind=$1
  shift
  case $kind in
    test) run_tests "$@" ;;
    page) run_page "$@" ;;
    chaos) eval "run_chaos $*" ;;
    *) echo "unknown way to catch it: $kind" >"$log" && (exit 2) ;;
  esac
  case $? in
    0) verdict=SURVIVED; [ $result -gt 1 ] || result=1 ;;
    1) verdict="caught by $*" ;;
    *) verdict="NOT BUILT OR NOT RUN, see $log"; result=2 ;;
  esac
  printf '| %s | %s |\n' "$name" "$verdict"
}

copy_tree
echo "| mutant | |"
echo "| --- | --- |"
for name in "$@"; do
  patch=$HERE/$name.patch
  if ! (cd "$TREE" && git apply "$patch") 2>"$LOGS/$name.log"; then
    printf '| %s | DOES NOT APPLY |\n' "$name"
    result=2
    continue
  fi
  # shellcheck disable=SC2046
  judge "$name" $(sed -n 's/^Caught-by: //p' "$patch")
  (cd "$TREE" && git apply -R "$patch")
done
exit $result
