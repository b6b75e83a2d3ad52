/// A table whose changes the database tells of, by triggers that a migration has made.
package enum FollowedTable: String, Sendable {
    case tenants = "public.tenants"
    case users = "subscription.users"

    /// What is notified. The payload is the id of a row, or empty when it may be any.
    var channel: String {
        switch self {
        case .tenants: "accord_tenants"
        case .users: "accord_users"
        }
    }
}

/// Who has to know of the changes of a table.
package protocol ChangeFollower: Sendable {
    var table: FollowedTable { get }
    /// Every change up to an instant will be told of, or is too young to matter.
    func confirm(until instant: ContinuousClock.Instant)
    /// A row was changed or deleted; without an id, any row may have been.
    func changed(row: String)
    /// Nobody listens any more: what was known may be wrong from now on.
    func stop()
}
