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
each --baseline "${BASELINE:-}"
arguments+=(--)
while IFS= read -r line; do
    if [ -n "$line" ]; then arguments+=("$line"); fi
done <<<"${PATHS:-}"

if [ -n "${SARIF:-}" ]; then
    "$PASSEX" validate --report sarif -o "$SARIF" "${arguments[@]}"
    code=$?
    # 2 says that nothing could be checked, which the second run would say once more.
    if [ "$code" -eq 2 ]; then exit 2; fi
fi
exec "$PASSEX" validate --report github "${arguments[@]}"
