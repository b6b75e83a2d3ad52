import Testing

@testable import Injection

@Suite struct ContainerTests {
    @Test func `an initialiser is registered as it is and receives what its parameters name`() async throws {
        var registrations = Registrations<IncomingRequest>()
        registrations.register(Service.self, Service.init)
        registrations.register((any Storage).self) { (settings: Settings) in FolderStorage(settings: settings) }
        registrations.register(TenantDatabase.self) { TenantDatabase(url: "tenant") }
        registrations.register(CentralDatabase.self) { CentralDatabase(url: "central") }
        registrations.register(Settings.self) { Settings() }

        let container = try await registrations.build()

        let service = try container.value(of: Service.self)
        #expect(service.storage.name == "/data")
        #expect(service.database == TenantDatabase(url: "tenant"))
        #expect(try container.value(of: CentralDatabase.self) == CentralDatabase(url: "central"))
    }

    @Test func `every value is made once, after those it needs, whether asked for or not`() async throws {
        let journal = Journal()
        var registrations = Registrations<IncomingRequest>()
        registrations.register(Farm.self) { (nest: Nest, hen: Hen, egg: Egg) in journal.note("farm", Farm()) }
        registrations.register(Nest.self) { (egg: Egg) in journal.note("nest", Nest()) }
        registrations.register(Egg.self) { (hen: Hen) in journal.note("egg", Egg()) }
        registrations.register(Hen.self) { journal.note("hen", Hen()) }
        registrations.register(Settings.self) { journal.note("settings", Settings()) }

        _ = try await registrations.build()

        #expect(journal.entries == ["hen", "egg", "nest", "farm", "settings"])
    }

    @Test func `a maker may wait`() async throws {
        var registrations = Registrations<IncomingRequest>()
        registrations.register(Settings.self) {
            await Task.yield()
            return Settings(folder: "/later")
        }

        let container = try await registrations.build()

        #expect(try container.value(of: Settings.self) == Settings(folder: "/later"))
    }

    @Test func `a maker that throws ends the build, under its type's name`() async {
        struct DiskIsFull: Error {}
        let journal = Journal()
        var registrations = Registrations<IncomingRequest>()
        registrations.register((any Storage).self) { () throws -> any Storage in throw DiskIsFull() }
        registrations.register(Farm.self) { (storage: any Storage) in journal.note("farm", Farm()) }

        let error = await #expect(throws: ContainerError.self) {
            _ = try await registrations.build()
        }

        #expect(error?.description == "InjectionTests.Storage could not be made: DiskIsFull()")
        #expect(journal.entries == [])
    }

    @Test func `a replaced registration is the one that is used`() async throws {
        var registrations = Registrations<IncomingRequest>()
        registrations.register(Service.self, Service.init)
        registrations.register((any Storage).self) { (settings: Settings) in FolderStorage(settings: settings) }
        registrations.register(TenantDatabase.self) { TenantDatabase(url: "tenant") }
        registrations.register(Settings.self) { Settings() }
        registrations.replace((any Storage).self) { BrokenStorage() }

        let container = try await registrations.build()

        #expect(try container.value(of: Service.self).storage.name == "broken")
    }

    @Test func `asking for what is not registered is an error`() async throws {
        let container = try await Registrations<IncomingRequest>().build()

        let error = #expect(throws: ContainerError.self) { try container.value(of: Settings.self) }

        #expect(problems(of: error) == [.missing("InjectionTests.Settings", neededBy: [])])
    }

    @Test func `a value wanted as a protocol is not found under its own type`() async throws {
        var registrations = Registrations<IncomingRequest>()
        registrations.register(BrokenStorage.self) { BrokenStorage() }
        let container = try await registrations.build()

        let error = #expect(throws: ContainerError.self) { try container.value(of: (any Storage).self) }

        #expect(problems(of: error) == [.missing("InjectionTests.Storage", neededBy: [])])
    }
}

/// What a failed build found wrong; nil for another failure.
func problems(of error: ContainerError?) -> [ContainerProblem]? {
    guard case .incomplete(let problems) = error else {
        return nil
    }
    return problems
}
