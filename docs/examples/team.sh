#!/bin/sh
# Sends an event of each type of standalone/src/main/resources/types/team.yaml to the people of the demo:
#
#   ./carillon                        # in another terminal
#   docs/examples/team.sh
#   EXPLAIN=/explain docs/examples/team.sh    # asks what would become of them, and sends nothing
#
# Against an installation of your own set CARILLON (its address) and KEY (an API key).
set -eu
: "${CARILLON:=http://127.0.0.1:8080}"
: "${KEY:=$(curl -sSf "$CARILLON/demo/key" | sed 's/.*"key":"\([^"]*\)".*/\1/')}"

send() {
  curl -sSf "$CARILLON/api/v1/events${EXPLAIN:-}" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' -d "$1"
  echo
}

# Ada is told that she joined, the others that she did.
send '{"type": "member_added", "source": "team-app", "recipients": ["ada"], "actor": {"id": "bob", "name": "Bob Kahn"},
  "data": {"team": "Orbit", "team_id": "t-1", "role": "editor"},
  "actions": [{"id": "team", "label": "Go to Team", "url": "/teams/t-1"}]}'

send '{"type": "member_added.others", "source": "team-app", "audiences": ["team-demo"], "exclude": ["ada"], "actor": {"id": "bob", "name": "Bob Kahn"},
  "data": {"team": "Orbit", "team_id": "t-1", "member": "Ada Lovelace", "role": "editor"},
  "actions": [{"id": "team", "label": "Go to Team", "url": "/teams/t-1"}]}'

send '{"type": "member_role_changed", "source": "team-app", "recipients": ["ada"], "actor": {"id": "bob", "name": "Bob Kahn"},
  "data": {"team": "Orbit", "team_id": "t-1", "role": "owner", "former_role": "editor"},
  "actions": [{"id": "team", "label": "Go to Team", "url": "/teams/t-1"}]}'

send '{"type": "member_removed", "source": "team-app", "recipients": ["cyd"], "actor": {"id": "bob", "name": "Bob Kahn"}, "data": {"team": "Orbit"}}'

send '{"type": "project_shared", "source": "team-app", "audiences": ["team-demo"], "actor": {"id": "bob", "name": "Bob Kahn"},
  "data": {"team": "Orbit", "project": "Apollo", "project_id": "p-7"},
  "actions": [{"id": "view", "label": "View Project", "url": "/projects/p-7"}]}'

# Without an address a button is pressed once, and what was pressed comes back as the state `acted`.
send '{"type": "invitation_received", "source": "team-app", "recipients": ["cyd"], "actor": {"id": "bob", "name": "Bob Kahn"},
  "data": {"team": "Voyager", "invitation_id": "i-3", "open_until": "31 December"},
  "actions": [{"id": "view", "label": "View Invitation", "url": "/invitations/i-3"},
              {"id": "accept", "label": "Accept"}, {"id": "decline", "label": "Decline"}]}'

send '{"type": "team_created", "source": "team-app", "audiences": ["team-demo"], "actor": {"id": "bob", "name": "Bob Kahn"},
  "data": {"team": "Voyager", "team_id": "t-2"}, "actions": [{"id": "team", "label": "Go to Team", "url": "/teams/t-2"}]}'

send '{"type": "team_updated", "source": "team-app", "audiences": ["team-demo"], "actor": {"id": "bob", "name": "Bob Kahn"},
  "data": {"team": "Voyager", "team_id": "t-2", "changes": ["New name", "New picture"]},
  "actions": [{"id": "team", "label": "Go to Team", "url": "/teams/t-2"}]}'

send '{"type": "team_deleted", "source": "team-app", "audiences": ["team-demo"], "actor": {"id": "bob", "name": "Bob Kahn"}, "data": {"team": "Voyager"}}'
