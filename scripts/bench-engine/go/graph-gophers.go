// graph-gophers/graphql-go on the workloads of a folder. It has no door to its parser, and none to a step alone: what
// is validated is parsed before, and what is executed is parsed and validated before.
package main

import (
	"context"
	"encoding/json"
	"runtime"

	graphql "github.com/graph-gophers/graphql-go"
)

type item struct {
	ID            graphql.ID
	Name, Email   string
	Age           int32
	Score         float64
	Active        bool
	Country, City string
	Note          *string
	Count         int32
}

type leaf struct {
	A int32
	B string
	C float64
	D bool
	E *string
}

type branch struct {
	ID     graphql.ID
	Leaves []*leaf
}

type term struct{ Key, Value string }

type party struct {
	ID            graphql.ID
	Name, Country string
}

type agreement struct {
	ID                     graphql.ID
	AcceptedAt             *string
	ValidDays, HistoryDays int32
	Scopes                 []string
	Party                  *party
	Terms                  []*term
}

type connection struct {
	ID                                   graphql.ID
	Name, Status, CreatedAt, Institution string
	Reference                            *string
	Agreement                            *agreement
}

type data struct {
	Items []*item
	Tree  []*branch
	Slow  []struct {
		X int32
		Y string
		Z float64
	}
	Connections []*connection
}

// Answers the root fields.
type query struct{ data data }

func (q *query) Items() []*item  { return q.data.Items }
func (q *query) Tree() []*branch { return q.data.Tree }

func (q *query) Slow() (items []*slowItem) {
	for position := range q.data.Slow {
		items = append(items, &slowItem{q, position})
	}
	return items
}

// Its fields are methods that take a context, which the engine calls on goroutines of their own.
type slowItem struct {
	query    *query
	position int
}

func (s *slowItem) X(context.Context) int32 {
	runtime.Gosched()
	return s.query.data.Slow[s.position].X
}

func (s *slowItem) Y(context.Context) string {
	runtime.Gosched()
	return s.query.data.Slow[s.position].Y
}

func (s *slowItem) Z(context.Context) float64 {
	runtime.Gosched()
	return s.query.data.Slow[s.position].Z
}

type connectionPage struct {
	TotalCount int32
	PageInfo   *pageInfo
	Edges      []*connectionEdge
}

type pageInfo struct {
	HasNextPage bool
	EndCursor   *string
}

type connectionEdge struct {
	Cursor string
	Node   *connection
}

func (q *query) Connections(arguments struct {
	First  int32
	Status *string
}) *connectionPage {
	page := connectionPage{PageInfo: &pageInfo{}}
	for _, node := range q.data.Connections {
		if arguments.Status != nil && node.Status != *arguments.Status {
			continue
		}
		if page.TotalCount < arguments.First {
			page.Edges = append(page.Edges, &connectionEdge{string(node.ID), node})
		}
		page.TotalCount++
	}
	if count := len(page.Edges); count > 0 {
		page.PageInfo.EndCursor = &page.Edges[count-1].Cursor
		page.PageInfo.HasNextPage = page.TotalCount > int32(count)
	}
	return &page
}

func main() {
	h := newHarness()
	var root query
	h.decode("data.json", &root.data)
	for _, w := range h.workloads() {
		text := h.text(w.Document)
		switch w.Kind {
		case "validate":
			// A variable that must be given and isn't is an error here, which takes next to no time.
			schema := schemaOf(h, w, nil)
			run := func() int { return len(schema.ValidateWithVariables(text, w.Variables)) }
			h.emit(w.ID, "errors", float64(run()), "count")
			h.time(w.ID, func() { run() })
		case "exec", "exec-async", "e2e":
			// Without resolvers it executes nothing, not even introspection.
			if w.Schema != "exec.graphql" {
				continue
			}
			schema := schemaOf(h, w, &root)
			id := w.ID
			if w.Kind != "e2e" {
				id += "+json"
			}
			h.time(id, func() {
				response := schema.Exec(context.Background(), text, "", w.Variables)
				for _, err := range response.Errors {
					must(err)
				}
				_, err := json.Marshal(response)
				must(err)
			})
		}
	}
}

func schemaOf(h harness, w workload, root any) *graphql.Schema {
	schema, err := graphql.ParseSchema(
		h.text(w.Schema), root, graphql.UseStringDescriptions(), graphql.UseFieldResolvers())
	must(err)
	return schema
}
