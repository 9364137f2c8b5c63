#!/usr/bin/env bash
# What action.yml runs: annotations on standard output, SARIF in a file, and the exit code of the check.
set -uo pipefail

arguments=(--fail-on "${FAIL_ON:-violation}")
each() { # an option for each line of a variable
    while IFS= read -r line; do
        if [ -n "$line" ]; then arguments+=("$1" "$line"); fi
    done <<<"$2"
}
each --shapes "${SHAPES:-}"
each --ontology "${ONTOLOGY:-}"
each --texts "${TEXTS:-}"
each --level "${LEVEL:-}"
each --baseline "${BASELINE:-}"
arguments+=(--)
own=
while IFS= read -r line; do
    if [ -n "$line" ]; then arguments+=("$line"); fi
    if [ -n "$line" ] && [ "$line" != bundled ]; then own=yes; fi
done <<<"${PATHS:-}"
# The graph that comes with Passex is right, and says nothing of the team's.
if [ -z "$own" ]; then
    echo "::error title=passex::The input 'paths' names none of your files; give the files and folders of your graph."
    exit 2
fi

if [ -n "${SARIF:-}" ]; then
    rm -f -- "$SARIF"
    "$PASSEX" validate --report sarif -o "$SARIF" "${arguments[@]}"
    code=$?
    # Without a report nothing was read, which the second run would say once more.
    if [ "$code" -gt 1 ] && [ ! -e "$SARIF" ]; then exit "$code"; fi
fi
exec "$PASSEX" validate --report "${REPORT:-github}" "${arguments[@]}"
