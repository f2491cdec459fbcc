#!/bin/sh
# Sends an event of each type of standalone/src/main/resources/types/jobs.yaml to the people of the demo:
#
#   ./carillon                        # in another terminal
#   docs/examples/jobs.sh
#   EXPLAIN=/explain docs/examples/jobs.sh    # asks what would become of them, and sends nothing
#
# Against an installation of your own set CARILLON (its address) and KEY (an API key with the scopes publish and broadcast).
set -eu
: "${CARILLON:=http://127.0.0.1:8080}"
: "${KEY:=$(curl -sSf "$CARILLON/demo/key" | sed 's/.*"key":"\([^"]*\)".*/\1/')}"

send() {
  curl -sSf "$CARILLON/api/v1/events${EXPLAIN:-}" -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' -d "$1"
  echo
}

send '{"type": "job_status_change", "source": "job-search", "recipients": ["ada"],
  "data": {"job": "Engineer", "job_id": "j-9", "company": "Northwind", "status": "in review", "former_status": "sent"},
  "actions": [{"id": "job", "label": "View Job", "url": "/jobs/j-9"}]}'

send '{"type": "application_update", "source": "job-search", "recipients": ["ada"],
  "data": {"company": "Northwind", "application_id": "a-4", "message": "We would like to meet you."},
  "actions": [{"id": "application", "label": "View Application", "url": "/applications/a-4"}]}'

send '{"type": "interview_reminder", "source": "job-search", "recipients": ["ada"], "group": "interview-5",
  "data": {"company": "Northwind", "when": "tomorrow at 10:00", "place": "Online", "interviewer": "Dr. Hopper", "interview_id": "5"},
  "actions": [{"id": "prepare", "label": "Prepare", "url": "/interviews/5"}]}'

send '{"type": "new_job_match", "source": "job-search", "recipients": ["ada"],
  "data": {"job": "Compiler Engineer", "job_id": "j-12", "company": "Contoso", "location": "Vienna", "score": 92},
  "actions": [{"id": "job", "label": "View Job", "url": "/jobs/j-12"}, {"id": "hide", "label": "Not for me"}]}'

send '{"type": "application_deadline", "source": "job-search", "recipients": ["ada"], "group": "deadline-j-12",
  "data": {"job": "Compiler Engineer", "job_id": "j-12", "company": "Contoso", "days": 2, "closes": "Friday"},
  "actions": [{"id": "apply", "label": "Apply", "url": "/jobs/j-12"}]}'

send '{"type": "skill_gap_report", "source": "job-search", "recipients": ["ada"],
  "data": {"jobs": 14, "report_id": "r-2", "missing": ["Rust", "LLVM"]}}'

# Everybody who is registered.
send '{"type": "system_announcement", "source": "job-search", "broadcast": true,
  "data": {"headline": "New search filters", "text": "You can now filter by salary."}}'

# Sent every morning and evening, these are schedules: see docs/api.md.
send '{"type": "morning_briefing", "source": "job-search", "recipients": ["ada"],
  "data": {"interviews": 1, "deadlines": 2, "first": "Northwind at 10:00"}}'

send '{"type": "evening_update", "source": "job-search", "recipients": ["ada"], "data": {"sent": 3, "answers": 1}}'
