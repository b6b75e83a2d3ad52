import AccordDevelopment

/// The three requests that everything is about.
enum Requests {
    /// An organization that the demo's first tenant has an accepted connection with.
    static let connectedOrgID = "9133da7c-3b98-4673-91dc-0dc58cc8740c"

    static let connections = """
        query GetConnections {
          connections { id name connectionStatus agreement { id fileName presignedUrl } }
        }
        """
    static let upload = """
        mutation UploadAgreement($file: Upload!) {
          uploadAgreement(connectedOrgId: "\(connectedOrgID)", file: $file) {
            id fileName fileSize presignedUrl createdAt
          }
        }
        """
    static let delete = """
        mutation DeleteAgreement { deleteAgreement(connectedOrgId: "\(connectedOrgID)") }
        """
}

extension ReadyFile {
    /// What the person at the terminal is told: where the playground is, who can sign in, and what to try.
    var welcome: String {
        var lines = ["", "Accord is running.", "", "  Playground   \(graphqlURL)", ""]
        for tenant in tenants {
            lines.append("  \(tenant.name)")
            for user in tenant.users {
                lines.append("    \(user.email) (\(user.role))")
                lines.append("      \(user.token)")
            }
        }
        lines += ["", "Try it:", ""]
        lines += curlCommands.flatMap { [$0, ""] }
        lines.append("Ctrl-C stops it.")
        return lines.joined(separator: "\n")
    }

    /// Commands that work when pasted, as a member of the first tenant.
    private var curlCommands: [String] {
        guard let users = tenants.first?.users, let user = users.first(where: { $0.role == "member" }) ?? users.first
        else { return [] }
        let curl = "curl -s \(graphqlURL) -H 'Authorization: Bearer \(user.token)'"
        let upload =
            "mutation($file: Upload!) { uploadAgreement(connectedOrgId: \\\"\(Requests.connectedOrgID)\\\", "
            + "file: $file) { id fileName fileSize presignedUrl createdAt } }"
        let delete = "mutation { deleteAgreement(connectedOrgId: \\\"\(Requests.connectedOrgID)\\\") }"
        let connections = "{ connections { id name connectionStatus agreement { fileName presignedUrl } } }"
        return [
            "\(curl) -H 'Content-Type: application/json' -d '{\"query\": \"\(connections)\"}'",
            "printf '%%PDF-1.4\\ntrailer<</Root 1 0 R>>\\n%%%%EOF\\n' > /tmp/agreement.pdf && \(curl) "
                + "-F operations='{\"query\": \"\(upload)\", \"variables\": {\"file\": null}}' "
                + "-F map='{\"0\": [\"variables.file\"]}' -F 0=@/tmp/agreement.pdf",
            "\(curl) -H 'Content-Type: application/json' -d '{\"query\": \"\(delete)\"}'",
        ]
    }
}
