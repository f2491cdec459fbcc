{{- define "carillon.name" -}}
{{ printf "%s-%s" .release .service | trunc 52 | trimSuffix "-" }}
{{- end }}

{{- define "carillon.selector" -}}
app.kubernetes.io/name: {{ .service }}
app.kubernetes.io/instance: {{ .release }}
{{- end }}

{{/* The topics of a service by the group that reads each; groups and topics begin with the prefix. */}}
{{- define "carillon.read" -}}
{{- if eq .service "ledger" -}}
ingest-api.ledger: outcomes
ingest-api.ledger-marks: activity
{{- else if ne .service "ingest-api" -}}
{{ .service }}: {{ trimSuffix "-worker" .service }}
{{ .service }}.bulk: {{ trimSuffix "-worker" .service }}.bulk
{{- end }}
{{- end }}

{{- define "carillon.labels" -}}
{{ include "carillon.selector" . }}
app.kubernetes.io/part-of: carillon
app.kubernetes.io/managed-by: Helm
{{- end }}

{{- define "carillon.image" -}}
{{- $image := .root.Values.image -}}
{{ with $image.registry }}{{ . }}/{{ end }}{{ $image.repository }}/{{ .image | default .service }}:{{ $image.tag | default .root.Chart.AppVersion }}
{{- end }}

{{/* What every service is told: broker, database, and the secrets by their names. */}}
{{- define "carillon.environment" -}}
- {name: SPRING_KAFKA_BOOTSTRAP_SERVERS, value: {{ required "kafka.bootstrapServers is required" .root.Values.kafka.bootstrapServers | quote }}}
- {name: CARILLON_TOPICS_PREFIX, value: {{ .root.Values.kafka.topicPrefix | quote }}}
- {name: CARILLON_TOPICS_PARTITIONS, value: {{ .root.Values.kafka.partitions | quote }}}
- {name: CARILLON_TOPICS_REPLICATION_FACTOR, value: {{ .root.Values.kafka.replicationFactor | quote }}}
- {name: CARILLON_TOPICS_MIN_INSYNC_REPLICAS, value: {{ .root.Values.kafka.minInsyncReplicas | default (min 2 (int .root.Values.kafka.replicationFactor)) | quote }}}
- {name: SPRING_DATASOURCE_URL, value: {{ required "database.url is required" .root.Values.database.url | quote }}}
- {name: SPRING_DATASOURCE_USERNAME, value: {{ .root.Values.database.username | quote }}}
- {name: LOGGING_STRUCTURED_FORMAT_CONSOLE, value: {{ .root.Values.logFormat | quote }}}
{{- if and .root.Values.ledger.apart (has .service (list "ingest-api" "ledger")) }}
- {name: CARILLON_INGEST_LEDGER_ENABLED, value: {{ eq .service "ledger" | quote }}}
{{- end }}
{{- range $key, $value := merge (dict) (.own | default dict) .root.Values.environment }}
- {name: {{ $key }}, value: {{ $value | quote }}}
{{- end }}
{{- end }}

{{/* The container of a service; who is asked nothing by the outside runs as nobody and writes to its volumes only. */}}
{{- define "carillon.container" -}}
name: {{ .service }}
image: {{ include "carillon.image" . | quote }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
ports:
  - {name: http, containerPort: 8080}
envFrom:
  - secretRef:
      name: {{ required "existingSecret is required" .root.Values.existingSecret }}
startupProbe:
  httpGet: {path: /actuator/health/liveness, port: http}
  periodSeconds: 5
  failureThreshold: 60
livenessProbe:
  httpGet: {path: /actuator/health/liveness, port: http}
  periodSeconds: 10
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /actuator/health/readiness, port: http}
  periodSeconds: 5
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
resources:
  {{- toYaml .resources | nindent 2 }}
{{- end }}

{{- define "carillon.pod" -}}
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  fsGroup: 10001
  seccompProfile: {type: RuntimeDefault}
automountServiceAccountToken: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
