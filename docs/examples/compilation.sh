#!/bin/sh
# Sends an event of each type of standalone/src/main/resources/types/compilation.yaml to the people of the demo:
#
#   ./carillon                        # in another terminal
#   docs/examples/compilation.sh
#   EXPLAIN=/explain docs/examples/compilation.sh    # asks what would become of them, and sends nothing
#
# Against an installation of your own set CARILLON (its address) and KEY (an API key).
set -eu
: "${CARILLON:=http://127.0.0.1:8080}"
: "${KEY:=$(curl -sSf "$CARILLON/demo/key" | sed 's/.*"key":"\([^"]*\)".*/\1/')}"

send() {
  curl -sSf "$CARILLON/api/v1/events${EXPLAIN:-}" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' -d "$1"
  echo
}

# Progress is for whoever looks, and is not kept.
send '{"type": "compilation_progress", "source": "compiler", "recipients": ["ada"], "mode": "ephemeral", "group": "c-41", "silent": true,
  "data": {"name": "Thesis", "percent": 40, "step": "Bibliography"}}'

# The owner and her team; whoever is both is told once.
send '{"type": "compilation_completed", "source": "compiler", "recipients": ["ada"], "audiences": ["team-demo"],
  "data": {"name": "Thesis", "project": "Thesis", "project_id": "p-7", "compilation_id": "c-41", "pages": 118, "seconds": 9},
  "actions": [{"id": "view", "label": "View Project", "url": "/projects/p-7"}]}'

# A failure is for the owner alone.
send '{"type": "compilation_failed", "source": "compiler", "recipients": ["ada"],
  "data": {"name": "Thesis", "project_id": "p-7", "compilation_id": "c-42", "line": 207, "error": "undefined reference <fig:3>"},
  "actions": [{"id": "log", "label": "Open Log", "url": "/projects/p-7/compilations/c-42"}, {"id": "again", "label": "Try again"}]}'
