#!/bin/sh
# Sends an event of each type of standalone/src/main/resources/types/volunteers.yaml to the people of the demo:
#
#   ./carillon                        # in another terminal
#   docs/examples/volunteers.sh
#   EXPLAIN=/explain docs/examples/volunteers.sh    # asks what would become of them, and sends nothing
#
# Against an installation of your own set CARILLON (its address) and KEY (an API key).
set -eu
: "${CARILLON:=http://127.0.0.1:8080}"
: "${KEY:=$(curl -sSf "$CARILLON/demo/key" | sed 's/.*"key":"\([^"]*\)".*/\1/')}"

send() {
  curl -sSf "$CARILLON/api/v1/events${EXPLAIN:-}" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' -d "$1"
  echo
}

send '{"type": "task.assigned", "source": "volunteers", "recipients": ["ada"], "actor": {"id": "bob", "name": "Bob Kahn"},
  "data": {"task": "Write the press release", "task_id": "k-1", "due": "on Monday"},
  "actions": [{"id": "accept", "label": "Accept"}, {"id": "task", "label": "Open Task", "url": "/tasks/k-1"}]}'

send '{"type": "task.status_changed", "source": "volunteers", "recipients": ["ada"], "actor": {"id": "bob", "name": "Bob Kahn"},
  "data": {"task": "Write the press release", "task_id": "k-1", "status": "in progress"}}'

send '{"type": "task.completed", "source": "volunteers", "audiences": ["team-demo"], "actor": {"id": "bob", "name": "Bob Kahn"},
  "data": {"task": "Write the press release", "task_id": "k-1", "project_id": "p-3"}}'

send '{"type": "project.status_changed", "source": "volunteers", "audiences": ["team-demo"],
  "data": {"project": "Spring Fair", "project_id": "p-3", "status": "active"},
  "actions": [{"id": "view", "label": "View Project", "url": "/projects/p-3"}]}'

send '{"type": "milestone.completed", "source": "volunteers", "audiences": ["team-demo"],
  "data": {"project": "Spring Fair", "project_id": "p-3", "milestone": "Stands booked", "left": 2}}'

send '{"type": "team_member.added", "source": "volunteers", "audiences": ["team-demo"], "exclude": ["cyd"],
  "data": {"project": "Spring Fair", "project_id": "p-3", "member": "Cyd Charisse"}}'

send '{"type": "timelog.approved", "source": "volunteers", "recipients": ["ada"],
  "data": {"hours": 4, "day": "Saturday", "timelog_id": "l-8"}}'

send '{"type": "timelog.rejected", "source": "volunteers", "recipients": ["ada"], "actor": {"id": "bob", "name": "Bob Kahn"},
  "data": {"hours": 14, "day": "Sunday", "timelog_id": "l-9", "comment": "Is that 4?"},
  "actions": [{"id": "edit", "label": "Correct", "url": "/hours/l-9"}]}'

send '{"type": "sync.conflict_detected", "source": "volunteers", "recipients": ["ada"], "group": "conflict-x-2",
  "data": {"record": "Guest list", "device": "your phone", "conflict_id": "x-2"},
  "actions": [{"id": "server", "label": "Keep the server\u2019s"}, {"id": "mine", "label": "Keep mine"}]}'

send '{"type": "sync.conflict_resolved", "source": "volunteers", "recipients": ["ada"], "group": "conflict-x-2",
  "data": {"record": "Guest list", "record_id": "g-1", "kept": "your phone"}}'
