/// Why something can't be done with a tenant. The text is for the operator.
package enum TenantProblem: Error, Hashable, CustomStringConvertible, Sendable {
    /// What was typed is no url, no organization's id or no name.
    case invalid(String)
    /// The url or the organization belongs to another tenant.
    case taken(String)
    case unknown(url: String)
    /// An active tenant is not dropped.
    case active(url: String)
    /// The role may not do what has to be done, or a database can't be reached.
    case failed(String)

    package var description: String {
        switch self {
        case .invalid(let text), .taken(let text), .failed(let text): text
        case .unknown(let url): "There is no tenant with the url \(url)."
        case .active(let url): "\(url) is active: run accord tenant deactivate \(url) first."
        }
    }
}
