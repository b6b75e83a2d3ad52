import GraphQL

/// What resolvers are given: the data.
final class CatalogContext: Sendable {
    let catalog: Catalog

    init(_ catalog: Catalog) { self.catalog = catalog }
}

/// How the fields of `SlowItem`, which are awaited, are resolved.
enum SlowResolvers {
    /// One call for all parents.
    case batched
    /// A call for each parent.
    case each
}

extension ExecutableSchema<CatalogContext> {
    /// The schema of the execution workloads, bound to properties of Swift structs.
    init(catalog schema: Schema, slow: SlowResolvers, planCacheBytes: Int = 0) throws {
        try self.init(schema, planCacheBytes: planCacheBytes) { schema in
            schema.query { query in
                query.field("items") { _, context in context.catalog.items }
                query.field("tree") { _, context in context.catalog.tree }
                query.field("slow") { _, context in context.catalog.slow }
                query.field("connections", Argument<Int>("first"), Argument<Status?>("status")) {
                    _, context, first, status in
                    context.catalog.connections(first: first, status: status)
                }
            }
            Self.bindItems(&schema)
            Self.bindConnections(&schema)
            schema.object(SlowItem.self) { item in
                switch slow {
                case .batched:
                    item.batch("x") { items, _ in
                        await Task.yield()
                        return items.map(\.x)
                    }
                    item.batch("y") { items, _ in
                        await Task.yield()
                        return items.map(\.y)
                    }
                    item.batch("z") { items, _ in
                        await Task.yield()
                        return items.map(\.z)
                    }
                case .each:
                    item.field("x") { item, _ async in
                        await Task.yield()
                        return item.x
                    }
                    item.field("y") { item, _ async in
                        await Task.yield()
                        return item.y
                    }
                    item.field("z") { item, _ async in
                        await Task.yield()
                        return item.z
                    }
                }
            }
        }
    }

    private static func bindItems(_ schema: inout SchemaBinder<CatalogContext>) {
        schema.object(Item.self) { item in
            item.field("id", \.id)
            item.field("name", \.name)
            item.field("email", \.email)
            item.field("age", \.age)
            item.field("score", \.score)
            item.field("active", \.active)
            item.field("country", \.country)
            item.field("city", \.city)
            item.field("note", \.note)
            item.field("count", \.count)
        }
        schema.object(Branch.self) { branch in
            branch.field("id", \.id)
            branch.field("leaves", \.leaves)
        }
        schema.object(Leaf.self) { leaf in
            leaf.field("a", \.a)
            leaf.field("b", \.b)
            leaf.field("c", \.c)
            leaf.field("d", \.d)
            leaf.field("e", \.e)
        }
    }

    private static func bindConnections(_ schema: inout SchemaBinder<CatalogContext>) {
        schema.object(ConnectionPage.self) { page in
            page.field("totalCount", \.totalCount)
            page.field("pageInfo", \.pageInfo)
            page.field("edges", \.edges)
        }
        schema.object(PageInfo.self) { info in
            info.field("hasNextPage", \.hasNextPage)
            info.field("endCursor", \.endCursor)
        }
        schema.object(ConnectionEdge.self) { edge in
            edge.field("cursor", \.node.id)
            edge.field("node", \.node)
        }
        schema.object(Connection.self) { connection in
            connection.field("id", \.id)
            connection.field("name", \.name)
            connection.field("status", \.status)
            connection.field("createdAt", \.createdAt)
            connection.field("institution", \.institution)
            connection.field("reference", \.reference)
            connection.field("agreement", \.agreement)
        }
        schema.object(Agreement.self) { agreement in
            agreement.field("id", \.id)
            agreement.field("acceptedAt", \.acceptedAt)
            agreement.field("validDays", \.validDays)
            agreement.field("historyDays", \.historyDays)
            agreement.field("scopes", \.scopes)
            agreement.field("party", \.party)
            agreement.field("terms", \.terms)
        }
        schema.object(Party.self) { party in
            party.field("id", \.id)
            party.field("name", \.name)
            party.field("country", \.country)
        }
        schema.object(Term.self) { term in
            term.field("key", \.key)
            term.field("value", \.value)
        }
    }
}

extension Catalog {
    /// A page of connections, those of one status if one is given.
    fileprivate func connections(first: Int, status: Status?) -> ConnectionPage {
        let hits = status.map { status in connections.filter { $0.status == status } } ?? connections
        let page = hits.prefix(first)
        return ConnectionPage(
            totalCount: hits.count,
            pageInfo: PageInfo(hasNextPage: hits.count > first, endCursor: page.last?.id),
            edges: page.map(ConnectionEdge.init))
    }
}
