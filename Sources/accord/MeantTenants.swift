import AccordCore
import ArgumentParser

/// Whom a command is about: one active tenant, or all of them.
struct MeantTenants: ParsableArguments {
    @Option(help: ArgumentHelp("The one tenant that is meant. (default: all active ones)", valueName: "URL"))
    var tenant: String?

    /// Does something for each of those who are meant. One that fails does not hold up the others.
    ///
    /// - Parameters:
    ///   - active: All active tenants.
    ///   - tellFailure: Told the line about one that failed.
    ///   - body: What is done; says whether all is well with the tenant.
    /// - Returns: Whether all is well with all of them.
    /// - Throws: `ValidationError` when there is none of the url that is meant.
    func areWell(
        among active: [Tenant], tellFailure: (String) -> Void = { print($0) },
        _ body: (Tenant) async throws(AccordError) -> Bool
    ) async throws -> Bool {
        let meant = active.filter { tenant == nil || $0.url == tenant }
        guard tenant == nil || !meant.isEmpty else {
            throw ValidationError("There is no active tenant with the url \(tenant ?? "").")
        }
        var areWell = true
        for tenant in meant {
            do throws(AccordError) {
                areWell = try await body(tenant) && areWell
            } catch {
                tellFailure("\(tenant.url): failed: \(error)")
                areWell = false
            }
        }
        return areWell
    }
}
