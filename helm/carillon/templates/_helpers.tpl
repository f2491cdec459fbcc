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
{{- include "carillon.kafka" .root }}
- {name: SPRING_DATASOURCE_URL, value: {{ required "database.url is required" .root.Values.database.url | quote }}}
- {name: SPRING_DATASOURCE_USERNAME, value: {{ .root.Values.database.username | quote }}}
- {name: LOGGING_STRUCTURED_FORMAT_CONSOLE, value: {{ .root.Values.logFormat | quote }}}
{{- if and .root.Values.ledger.apart (has .service (list "ingest-api" "ledger")) }}
- {name: CARILLON_INGEST_LEDGER_ENABLED, value: {{ eq .service "ledger" | quote }}}
{{- end }}
{{- /* The later before the earlier. Merging would take a false for nothing. */}}
{{- $variables := dict }}
{{- range $layer := list .root.Values.environment .own }}
{{- range $key, $value := $layer }}
{{- $_ := set $variables $key $value }}
{{- end }}
{{- end }}
{{- range $key, $value := $variables }}
- {name: {{ $key }}, value: {{ $value | quote }}}
{{- end }}
{{- end }}

{{/* How a service connects to the broker, where that is not in plain text. */}}
{{- define "carillon.kafka" -}}
{{- $sasl := .Values.kafka.sasl -}}
{{- $tls := .Values.kafka.tls -}}
{{- if or $sasl.mechanism $tls.enabled }}
- {name: SPRING_KAFKA_SECURITY_PROTOCOL, value: {{ printf "%s%s" (ternary "SASL_" "" (ne $sasl.mechanism "")) (ternary "SSL" "PLAINTEXT" $tls.enabled) }}}
{{- end }}
{{- if $sasl.mechanism }}
{{- $module := ternary "plain.PlainLoginModule" "scram.ScramLoginModule" (eq $sasl.mechanism "PLAIN") }}
- {name: KAFKA_USERNAME, value: {{ required "kafka.sasl.username is required" $sasl.username | quote }}}
- name: KAFKA_PASSWORD
  valueFrom:
    secretKeyRef: {name: {{ required "kafka.sasl.secret is required" $sasl.secret }}, key: {{ $sasl.passwordKey }}}
- {name: SPRING_KAFKA_PROPERTIES_SASL_MECHANISM, value: {{ $sasl.mechanism | quote }}}
- name: SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG
  value: org.apache.kafka.common.security.{{ $module }} required username="$(KAFKA_USERNAME)" password="$(KAFKA_PASSWORD)";
{{- end }}
{{- if and $tls.enabled $tls.secret }}
- {name: SPRING_KAFKA_SSL_TRUST_STORE_TYPE, value: PEM}
- name: SPRING_KAFKA_SSL_TRUST_STORE_CERTIFICATES
  valueFrom:
    secretKeyRef: {name: {{ $tls.secret }}, key: ca.crt}
{{- if $tls.clientCertificate }}
- {name: SPRING_KAFKA_SSL_KEY_STORE_TYPE, value: PEM}
- name: SPRING_KAFKA_SSL_KEY_STORE_CERTIFICATE_CHAIN
  valueFrom:
    secretKeyRef: {name: {{ $tls.secret }}, key: tls.crt}
- name: SPRING_KAFKA_SSL_KEY_STORE_KEY
  valueFrom:
    secretKeyRef: {name: {{ $tls.secret }}, key: tls.key}
{{- end }}
{{- end }}
{{- end }}

{{/* KEDA's words for the mechanisms that both it and the services know. */}}
{{- define "carillon.sasl" -}}
{{- $words := dict "PLAIN" "plaintext" "SCRAM-SHA-256" "scram_sha256" "SCRAM-SHA-512" "scram_sha512" -}}
{{- required "kafka.sasl.mechanism must be PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512" (get $words .Values.kafka.sasl.mechanism) -}}
{{- end }}

{{/* Whether KEDA needs more than the address of the broker; else empty. */}}
{{- define "carillon.authenticates" -}}
{{- if or .Values.kafka.sasl.mechanism (and .Values.kafka.tls.enabled .Values.kafka.tls.secret) }}yes{{ end -}}
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
