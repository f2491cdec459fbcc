/** The shell command that sends `event` as the page does. */
export function curlCommand(origin, key, event) {
  const json = JSON.stringify(event, null, 2);
  return [
    `curl -X POST ${origin}/api/v1/events`,
    `  -H 'Authorization: Bearer ${key}'`,
    `  -H 'Content-Type: application/json'`,
    `  -d '${json.replaceAll("'", "'\\''")}'`,
  ].join(' \\\n');
}
