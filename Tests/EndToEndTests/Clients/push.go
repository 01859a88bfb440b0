// Pushes one metric of each type with client_golang, and says on standard error what went wrong.
package main

import (
	"flag"
	"log"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/push"
	"github.com/prometheus/common/expfmt"
)

func collectors() []prometheus.Collector {
	batches := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "go_batches_total", Help: "Batches."}, []string{"kind"})
	batches.WithLabelValues("full").Add(3)
	load := prometheus.NewGauge(prometheus.GaugeOpts{Name: "go_load", Help: "Load."})
	load.Set(2.5)
	duration := prometheus.NewHistogram(
		prometheus.HistogramOpts{Name: "go_duration_seconds", Help: "Time.", Buckets: []float64{0.5, 1, 10, 1e6}})
	for _, seconds := range []float64{0.25, 0.75, 100, 2e6} {
		duration.Observe(seconds)
	}
	size := prometheus.NewSummary(
		prometheus.SummaryOpts{Name: "go_size_bytes", Help: "Size.", Objectives: map[float64]float64{0.5: 0.05, 1: 0}})
	size.Observe(2)
	return []prometheus.Collector{batches, load, duration, size}
}

// bearer is a client whose requests show a token.
type bearer string

func (token bearer) Do(request *http.Request) (*http.Response, error) {
	request.Header.Set("Authorization", "Bearer "+string(token))
	return http.DefaultClient.Do(request)
}

func main() {
	log.SetFlags(0)
	url := flag.String("url", "", "where to push")
	job := flag.String("job", "", "the job")
	method := flag.String("method", "push", "push, add or delete")
	text := flag.Bool("text", false, "push text instead of protobuf")
	user := flag.String("user", "", "USER:PASSWORD for basic authentication")
	token := flag.String("token", "", "a bearer token")
	flag.Parse()

	pusher := push.New(*url, *job)
	for _, collector := range collectors() {
		pusher.Collector(collector)
	}
	for _, pair := range flag.Args() {
		name, value, _ := strings.Cut(pair, "=")
		pusher.Grouping(name, value)
	}
	if *text {
		pusher.Format(expfmt.FmtText)
	}
	if name, password, isThere := strings.Cut(*user, ":"); isThere {
		pusher.BasicAuth(name, password)
	}
	if *token != "" {
		pusher.Client(bearer(*token))
	}
	err := map[string]func() error{"push": pusher.Push, "add": pusher.Add, "delete": pusher.Delete}[*method]()
	if err != nil {
		log.Fatal(err)
	}
}
