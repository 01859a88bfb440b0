{{- define "push-collector.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{ .Release.Name | trunc 63 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end -}}
{{- end -}}

{{- define "push-collector.selector" -}}
app.kubernetes.io/name: push-collector
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "push-collector.metadata" -}}
name: {{ include "push-collector.fullname" . }}
labels:
  {{- include "push-collector.selector" . | nindent 2 }}
  app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
  app.kubernetes.io/managed-by: {{ .Release.Service }}
  helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}
