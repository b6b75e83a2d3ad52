// gqlparser on the workloads of a folder: it parses and validates, and executes nothing.
package main

import (
	"github.com/vektah/gqlparser"
	"github.com/vektah/gqlparser/ast"
	"github.com/vektah/gqlparser/parser"
	"github.com/vektah/gqlparser/validator"
)

func main() {
	h := newHarness()
	schemas := map[string]*ast.Schema{}
	for _, w := range h.workloads() {
		source := &ast.Source{Name: w.Document, Input: h.text(w.Document)}
		switch w.Kind {
		case "parse":
			h.time(w.ID, func() {
				_, err := parser.ParseQuery(source)
				must(err)
			})
		case "parse-sdl":
			h.time(w.ID, func() {
				_, err := parser.ParseSchema(source)
				must(err)
			})
		case "validate":
			if schemas[w.Schema] == nil {
				schema, err := gqlparser.LoadSchema(&ast.Source{Name: w.Schema, Input: h.text(w.Schema)})
				must(err)
				schemas[w.Schema] = schema
			}
			schema := schemas[w.Schema]
			document, err := parser.ParseQuery(source)
			must(err)
			h.emit(w.ID, "errors", float64(len(validator.Validate(schema, document))), "count")
			h.time(w.ID, func() { validator.Validate(schema, document) })
		}
	}
}
