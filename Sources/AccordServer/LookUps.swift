import AccordAdapters
import AccordCore
import PostgreSQL

/// The tenants and users that are kept in memory, and who hears of their changes.
struct LookUps: Sendable {
    let tenants: LookUpCache<TokenOrganization, Tenant>
    let users: LookUpCache<String, User>
    /// One for each database that is listened to; none when nothing is kept.
    let listeners: [ChangeListener]

    /// Makes empty caches as the settings want them.
    init(_ configuration: ServerConfiguration, _ databases: Databases) {
        let (tenants, users) = (
            LookUpCache<TokenOrganization, Tenant>(of: .tenants, capacity: configuration.cacheEntries),
            LookUpCache<String, User>(of: .users, capacity: configuration.cacheEntries)
        )
        (self.tenants, self.users) = (tenants, users)
        let addresses = configuration.listening
        listeners =
            switch configuration.listeningConnections {
            case 0: []
            case 1: [ChangeListener(databases.central, address: addresses.central, followers: [tenants, users])]
            default:
                [
                    ChangeListener(databases.central, address: addresses.central, followers: [tenants]),
                    ChangeListener(databases.organizations, address: addresses.organizations, followers: [users]),
                ]
            }
    }
}

extension ServerConfiguration {
    /// How many connections listen for changes: one for each database that tenants and users are looked up in. None when
    /// nothing is to be kept, or when fewer than two would be left for requests.
    var listeningConnections: Int {
        let databases = organizationsDatabase == nil || organizationsDatabase == database ? 1 : 2
        return cacheEntries > 0 && databaseConnections >= databases + 2 ? databases : 0
    }

    /// How many connections requests share.
    var pooledConnections: Int { databaseConnections - listeningConnections }

    /// How many changes of agreements go on at a time. Each holds a connection while a file is stored; the others are left
    /// to requests that read, and to recovery.
    var maximumChanges: Int {
        max(1, min(pooledConnections, databaseConnectionsPerServer ?? pooledConnections) / 2)
    }

    /// How many of a tenant's organizations recovery looks at at a time, each by a connection. For a tenant it holds one more,
    /// and a change's place: of two tenants, that is less than changes may take.
    var recoveryWidth: Int { max(1, maximumChanges / 4) }
}
