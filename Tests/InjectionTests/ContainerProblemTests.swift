import Testing

@testable import Injection

@Suite struct ContainerProblemTests {
    private func problemsOfBuilding(_ registrations: Registrations<IncomingRequest>) async -> [ContainerProblem]? {
        do throws(ContainerError) {
            _ = try await registrations.build()
            return []
        } catch {
            return problems(of: error)
        }
    }

    @Test func `everything that is missing is told at once, with the chain that needs it`() async {
        let journal = Journal()
        var registrations = Registrations<IncomingRequest>()
        registrations.register((any Storage).self) { (settings: Settings) in FolderStorage(settings: settings) }
        registrations.register(Service.self, Service.init)
        registrations.register(Farm.self) { (service: Service, hen: Hen, settings: Settings) in Farm() }
        registrations.register(Nest.self) { journal.note("nest", Nest()) }

        #expect(
            await problemsOfBuilding(registrations) == [
                .missing(
                    "InjectionTests.Settings",
                    neededBy: ["InjectionTests.Farm", "InjectionTests.Service", "InjectionTests.Storage"]
                ),
                .missing(
                    "InjectionTests.TenantDatabase",
                    neededBy: ["InjectionTests.Farm", "InjectionTests.Service"]
                ),
                .missing("InjectionTests.Hen", neededBy: ["InjectionTests.Farm"]),
            ]
        )
        #expect(journal.entries == [], "Nothing is made of registrations that don't fit together.")
    }

    @Test func `a cycle is told, and so is what is missing beside it`() async {
        var registrations = Registrations<IncomingRequest>()
        registrations.register(Farm.self) { (hen: Hen, settings: Settings) in Farm() }
        registrations.register(Hen.self) { (egg: Egg) in Hen() }
        registrations.register(Egg.self) { (nest: Nest) in Egg() }
        registrations.register(Nest.self) { (hen: Hen) in Nest() }

        #expect(
            await problemsOfBuilding(registrations) == [
                .cycle(["InjectionTests.Hen", "InjectionTests.Egg", "InjectionTests.Nest"]),
                .missing("InjectionTests.Settings", neededBy: ["InjectionTests.Farm"]),
            ]
        )
    }

    @Test func `two cycles are both told, though nobody outside needs them`() async {
        var registrations = Registrations<IncomingRequest>()
        registrations.register(Hen.self) { (egg: Egg) in Hen() }
        registrations.register(Egg.self) { (hen: Hen) in Egg() }
        registrations.register(Nest.self) { (nest: Nest) in Nest() }

        #expect(
            await problemsOfBuilding(registrations) == [
                .cycle(["InjectionTests.Hen", "InjectionTests.Egg"]),
                .cycle(["InjectionTests.Nest"]),
            ]
        )
    }

    @Test func `per-request values may not need each other in a circle either`() async {
        var registrations = Registrations<IncomingRequest>()
        registrations.registerPerRequest(Hen.self) { (egg: Egg) in Hen() }
        registrations.registerPerRequest(Egg.self) { (hen: Hen) in Egg() }

        #expect(
            await problemsOfBuilding(registrations) == [.cycle(["InjectionTests.Hen", "InjectionTests.Egg"])]
        )
    }

    @Test func `a value that is made once can't keep what belongs to a request`() async {
        var registrations = Registrations<IncomingRequest>()
        registrations.registerPerRequest(Viewer.self, Viewer.init)
        registrations.register(Farm.self) { (viewer: Viewer) in Farm() }
        registrations.register(Nest.self) { (incomingRequest: IncomingRequest) in Nest() }

        #expect(
            await problemsOfBuilding(registrations) == [
                .outlivesDependency("InjectionTests.Farm", dependency: "InjectionTests.Viewer"),
                .outlivesDependency("InjectionTests.Nest", dependency: "InjectionTests.IncomingRequest"),
            ]
        )
    }

    @Test func `registering a type twice is told, in whichever scope`() async {
        var registrations = Registrations<IncomingRequest>()
        registrations.register(Settings.self) { Settings() }
        registrations.register(Settings.self) { Settings(folder: "/other") }
        registrations.registerPerRequest(Settings.self) { Settings() }
        registrations.registerPerRequest(IncomingRequest.self) { IncomingRequest(id: 1) }

        #expect(
            await problemsOfBuilding(registrations) == [
                .registeredTwice("InjectionTests.Settings"),
                .registeredTwice("InjectionTests.Settings"),
                .registeredTwice("InjectionTests.IncomingRequest"),
            ]
        )
    }

    @Test func `replacing what is not there is told`() async {
        var registrations = Registrations<IncomingRequest>()
        registrations.register(FolderStorage.self) { FolderStorage(settings: Settings()) }
        registrations.replace((any Storage).self) { BrokenStorage() }
        registrations.replacePerRequest(Viewer.self, Viewer.init)

        #expect(
            await problemsOfBuilding(registrations) == [
                .replacesNothing("InjectionTests.Storage"),
                .replacesNothing("InjectionTests.Viewer"),
            ]
        )
    }

    @Test func `a diamond is no cycle, and a missing type is told once`() async {
        var registrations = Registrations<IncomingRequest>()
        registrations.register(Farm.self) { (hen: Hen, egg: Egg) in Farm() }
        registrations.register(Hen.self) { (nest: Nest) in Hen() }
        registrations.register(Egg.self) { (nest: Nest) in Egg() }

        #expect(
            await problemsOfBuilding(registrations) == [
                .missing("InjectionTests.Nest", neededBy: ["InjectionTests.Farm", "InjectionTests.Hen"])
            ]
        )
    }

    @Test func `the message names every problem in a line of its own`() {
        let error = ContainerError.incomplete([
            .missing("Server.Clock", neededBy: []),
            .missing("Core.Storage", neededBy: ["Server.App", "Core.Service"]),
            .cycle(["A", "B"]),
            .cycle(["A"]),
            .outlivesDependency("Core.Service", dependency: "Core.Viewer"),
            .registeredTwice("Core.Clock"),
            .replacesNothing("Core.Mailer"),
            .notPerRequest("Core.Service"),
        ])

        #expect(
            error.description == """
                The program's parts don't fit together:
                - Server.Clock is asked for but not registered.
                - Core.Storage is not registered; needed by Server.App → Core.Service.
                - These need each other: A → B → A.
                - These need each other: A → A.
                - Core.Service is made once, but needs Core.Viewer, which exists only during a request.
                - Core.Clock is registered twice.
                - Core.Mailer is to be replaced but was not registered.
                - Core.Service is made once, so there is no factory of it.
                """
        )
    }
}
