#!/usr/bin/env bash
# What action.yml runs on a pull request: one comment, kept up to date, and the job summary say what
# the pull request changes in the graph.
set -uo pipefail

mark="<!-- passex diff -->"
limit=60000 # bytes; GitHub takes 65,536 characters
say() { echo "::$1 title=passex diff::$2"; }

# The checkout of a pull request is its merge into the base, whose first parent is the base as it is
# now; BASE is as it was when the pull request was last pushed to.
if [ "$(git rev-parse HEAD)" = "${GITHUB_SHA:-}" ]; then BASE=HEAD^1; fi
if ! base=$(git rev-parse --quiet --verify --short "$BASE^{commit}"); then
    say error "The base of the pull request isn't in the checkout; give actions/checkout 'fetch-depth: 2'."
    exit 2
fi

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
paths=()
while IFS= read -r line; do
    # What comes with Passex is the same before and after.
    if [ -n "$line" ] && [ "$line" != bundled ]; then paths+=("$line"); fi
done <<<"${PATHS:-graph}"
"$PASSEX" diff --format markdown -- "$base" HEAD ${paths[@]+"${paths[@]}"} >"$folder/diff"
code=$?
if [ "$code" -gt 1 ]; then
    # No fault of the pull request: it may be what mends the base. What is wrong in it, the check says.
    say warning "The pull request could not be compared with its base; the log says why."
    exit 0
fi
cat "$folder/diff" >>"$GITHUB_STEP_SUMMARY"
{
    echo "$mark"
    awk -v limit="$limit" '{ size += length($0) + 1 } size > limit { exit } { print }' "$folder/diff"
    if [ "$(wc -c <"$folder/diff")" -gt "$limit" ]; then
        printf '\n\n%s\n' "The rest is in the [summary of the run]($GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID)."
    fi
} >"$folder/comment"

comments="repos/$GITHUB_REPOSITORY/issues"
comment() {
    local id
    # Ours alone: anybody may write the mark into a comment.
    id=$(gh api --paginate "$comments/$NUMBER/comments?per_page=100" --jq \
        ".[] | select(.user.login == \"github-actions[bot]\" and (.body | startswith(\"$mark\"))) | .id") || return 1
    id=${id%%$'\n'*}
    if [ -n "$id" ]; then
        gh api --silent --method PATCH "$comments/comments/$id" --field body=@"$folder/comment"
    elif [ "$code" -eq 1 ]; then
        gh api --silent --method POST "$comments/$NUMBER/comments" --field body=@"$folder/comment"
    fi
}
if ! comment; then
    say notice "No comment could be written (a pull request from a fork can't, nor one without pull-requests: write); the job summary says what changes."
fi
