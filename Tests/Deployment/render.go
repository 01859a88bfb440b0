// Renders a Helm chart as `helm template` does, as far as our chart goes: render CHART RELEASE [VALUES].
//
// Debian has no helm; it has what helm is made of, Go's templates and sprig.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig"
	"gopkg.in/yaml.v3"
)

type values = map[string]interface{}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(file string) values {
	text, err := os.ReadFile(file)
	check(err)
	read := values{}
	check(yaml.Unmarshal(text, &read))
	return read
}

// Lays values over others, maps key by key.
func merge(into, from values) {
	for key, value := range from {
		inner, isMap := into[key].(values)
		if given, ok := value.(values); ok && isMap {
			merge(inner, given)
		} else {
			into[key] = value
		}
	}
}

func toYAML(value interface{}) (string, error) {
	var text bytes.Buffer
	encoder := yaml.NewEncoder(&text)
	encoder.SetIndent(2)
	err := encoder.Encode(value)
	return strings.TrimSuffix(text.String(), "\n"), err
}

func main() {
	chart, release := os.Args[1], os.Args[2]
	given := read(filepath.Join(chart, "values.yaml"))
	if len(os.Args) > 3 {
		merge(given, read(os.Args[3]))
	}
	about := read(filepath.Join(chart, "Chart.yaml"))
	scope := values{
		"Values":  given,
		"Chart":   values{"Name": about["name"], "Version": about["version"], "AppVersion": about["appVersion"]},
		"Release": values{"Name": release, "Namespace": "default", "Service": "Helm"},
	}

	all := template.New("chart").Option("missingkey=zero").Funcs(sprig.TxtFuncMap())
	all.Funcs(template.FuncMap{
		"toYaml": toYAML,
		"include": func(name string, scope interface{}) (string, error) {
			var text strings.Builder
			err := all.ExecuteTemplate(&text, name, scope)
			return text.String(), err
		},
	})
	files, err := filepath.Glob(filepath.Join(chart, "templates", "*"))
	check(err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		check(err)
		_, err = all.New(filepath.Base(file)).Parse(string(text))
		check(err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		if strings.HasPrefix(name, "_") {
			continue
		}
		var text strings.Builder
		check(all.ExecuteTemplate(&text, name, scope))
		if filepath.Ext(name) != ".yaml" || strings.TrimSpace(text.String()) == "" {
			continue
		}
		fmt.Printf("---\n# %s\n%s\n", name, text.String())
	}
}
