import Testing

@testable import Injection

@Suite struct RequestScopeTests {
    /// Everything a `RequestContext` needs; what is made is written into the journal.
    private func registrations(_ journal: Journal = Journal()) -> Registrations<IncomingRequest> {
        var registrations = Registrations<IncomingRequest>()
        registrations.registerPerRequest(RequestContext.self) { (viewer: Viewer, loader: Loader) in
            journal.note("context", RequestContext(viewer: viewer, loader: loader))
        }
        registrations.registerPerRequest(Loader.self) { (viewer: Viewer, service: Service) in
            journal.note("loader", Loader(viewer: viewer, service: service))
        }
        registrations.registerPerRequest(Viewer.self) { (request: IncomingRequest) in
            journal.note("viewer", Viewer(request))
        }
        registrations.registerPerRequest(Egg.self) { journal.note("egg", Egg()) }
        registrations.register(Service.self, Service.init)
        registrations.register((any Storage).self) { journal.note("storage", BrokenStorage()) }
        registrations.register(TenantDatabase.self) { TenantDatabase(url: "tenant") }
        return registrations
    }

    @Test func `a factory makes what is needed, each once in a request, and nothing else`() async throws {
        let journal = Journal()
        let container = try await registrations(journal).build()
        let makeContext = try container.factory(of: RequestContext.self)
        #expect(journal.entries == ["storage"])

        let first = makeContext(IncomingRequest(id: 1))
        let second = makeContext(IncomingRequest(id: 2))

        #expect(journal.entries == ["storage", "viewer", "loader", "context", "viewer", "loader", "context"])
        #expect(first.viewer === first.loader.viewer)
        #expect([first.viewer.requestID, second.viewer.requestID] == [1, 2])
        #expect(first.loader.service.storage.name == "broken")
    }

    @Test func `requests at the same time don't see each other's values`() async throws {
        let makeContext = try await registrations().build().factory(of: RequestContext.self)

        let mixedUp = await withTaskGroup(of: Bool.self) { group in
            for id in 0..<500 {
                group.addTask {
                    let context = makeContext(IncomingRequest(id: id))
                    return context.viewer.requestID != id || context.loader.viewer !== context.viewer
                }
            }
            return await group.contains(true)
        }

        #expect(!mixedUp)
    }

    @Test func `a replaced per-request value is the one that is used`() async throws {
        var registrations = registrations()
        registrations.replacePerRequest(Viewer.self) { Viewer(IncomingRequest(id: 99)) }

        let makeContext = try await registrations.build().factory(of: RequestContext.self)

        #expect(makeContext(IncomingRequest(id: 1)).loader.viewer.requestID == 99)
    }

    @Test func `a per-request value may be replaced by one that is made once`() async throws {
        var registrations = registrations()
        let viewer = Viewer(IncomingRequest(id: 7))
        registrations.replace(Viewer.self) { viewer }

        let makeContext = try await registrations.build().factory(of: RequestContext.self)

        #expect(makeContext(IncomingRequest(id: 1)).viewer === viewer)
    }

    @Test func `a per-request value of a protocol's type is found by that type`() async throws {
        var registrations = Registrations<IncomingRequest>()
        registrations.registerPerRequest((any Storage).self) { (request: IncomingRequest) in
            FolderStorage(settings: Settings(folder: "/\(request.id)"))
        }
        registrations.registerPerRequest(Service.self, Service.init)
        registrations.register(TenantDatabase.self) { TenantDatabase(url: "tenant") }

        let makeService = try await registrations.build().factory(of: Service.self)

        #expect(makeService(IncomingRequest(id: 3)).storage.name == "/3")
    }

    @Test func `a factory of what is not registered, or made once, is an error`() async throws {
        let container = try await registrations().build()

        let ofNothing = #expect(throws: ContainerError.self) { _ = try container.factory(of: Farm.self) }
        let ofSingle = #expect(throws: ContainerError.self) { _ = try container.factory(of: Service.self) }

        #expect(problems(of: ofNothing) == [.missing("InjectionTests.Farm", neededBy: [])])
        #expect(problems(of: ofSingle) == [.notPerRequest("InjectionTests.Service")])
    }

    @Test func `a per-request value can't be asked for outside a request`() async throws {
        let container = try await registrations().build()

        let error = #expect(throws: ContainerError.self) { try container.value(of: Viewer.self) }

        #expect(problems(of: error) == [.missing("InjectionTests.Viewer", neededBy: [])])
    }
}
