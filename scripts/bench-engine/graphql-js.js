'use strict';
// graphql-js on the workloads of a folder: node graphql-js.js FOLDER. NDJSON on standard output.
const fs = require('fs');
const graphql = require('graphql');

const folder = process.argv[2];
const text = (name) => fs.readFileSync(`${folder}/${name}`, 'utf8');
const peer = `graphql-js ${graphql.version}`;
const processor = () => { const { user, system } = process.cpuUsage(); return user + system; };

async function time(workload, operation) {
  // A compiler at run time needs longer to warm up than any round.
  let runs = 0;
  const start = processor();
  do { await operation(); runs += 1; } while (processor() - start < 1.5e6);
  runs = Math.max(1, Math.round(runs * 0.12 / 1.5));
  const rounds = [];
  for (let round = 0; round < 7; round += 1) {
    const begin = processor();
    for (let run = 0; run < runs; run += 1) await operation();
    rounds.push((processor() - begin) / runs);
  }
  rounds.sort((a, b) => a - b);
  console.log(JSON.stringify({ peer, workload, metric: 'cpu_us_per_op', value: rounds[3], unit: 'us' }));
}

const data = JSON.parse(text('data.json'));
const root = {
  ...data,
  connections({ first, status }) {
    const hits = status == null ? data.connections : data.connections.filter((item) => item.status === status);
    const page = hits.slice(0, first);
    return {
      totalCount: hits.length,
      pageInfo: { hasNextPage: hits.length > first, endCursor: page.length ? page[page.length - 1].id : null },
      edges: page.map((node) => ({ cursor: node.id, node })),
    };
  },
};

function schemaOf(name) {
  const schema = graphql.buildSchema(text(name), { assumeValid: true });
  const slow = schema.getType('SlowItem');
  if (slow) {
    for (const field of Object.values(slow.getFields())) {
      field.resolve = async (item) => { await null; return item[field.name]; };
    }
  }
  return schema;
}

(async () => {
  for (const { id, kind, document: name, schema: schemaName, variables } of JSON.parse(text('workloads.json')).workloads) {
    const source = text(name);
    if (kind.startsWith('parse')) { await time(id, () => graphql.parse(source)); continue; }
    const schema = schemaOf(schemaName);
    const document = graphql.parse(source);
    if (kind === 'validate') { await time(id, () => graphql.validate(schema, document)); continue; }
    const execute = (document) => graphql.execute({ schema, document, rootValue: root, variableValues: variables });
    const answer = async () => {
      const parsed = graphql.parse(source);
      if (graphql.validate(schema, parsed).length) throw new Error('The document is not valid.');
      return Buffer.from(JSON.stringify(await execute(parsed)));
    };
    if (kind === 'e2e') {
      await time(id, answer);
    } else {
      await time(`${id}+json`, async () => Buffer.from(JSON.stringify(await execute(document))));
      if (id === 'exec.typename') await time(`${id}:cold`, answer);
    }
  }
})();
