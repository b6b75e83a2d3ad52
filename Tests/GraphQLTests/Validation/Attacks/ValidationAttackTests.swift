import Testing

@testable import GraphQL

/// Documents that a naive validator takes seconds or gigabytes for get their verdict at once.
@Suite struct ValidationAttackTests {
    @Test(.timeLimit(.minutes(1)), arguments: ValidationAttack.all)
    func `an attack gets its verdict`(_ attack: ValidationAttack) throws {
        let errors = try errors(of: attack)
        #expect(ValidationAttack.Verdict(errors.count, last: errors.last?.message ?? "") == attack.verdict)
        // What is sent back must not be much longer than what was sent.
        #expect(errors.reduce(0) { $0 + $1.message.utf8.count } < 4 << 20)
    }

    private func errors(of attack: ValidationAttack) throws -> [GraphQLError] {
        let document = try Document(parsing: attack.document, limits: attack.limits.parser)
        if let error = document.maxDirectives(attack.limits) { return [error] }
        return try AttackSchema.schema.get().validate(document, rules: attack.rules, limits: attack.limits)
    }
}
