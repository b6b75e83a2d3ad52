-- POSTs GraphQL, in turns each of the bodies with each of the tokens, and prints what came of it as a line of JSON.
-- BENCH_BODIES and BENCH_TOKENS: bodies and access tokens, a line each.
local function lines(name)
   local found = {}
   for line in os.getenv(name):gmatch("[^\n]+") do found[#found + 1] = line end
   return found
end

function init()
   requests, turn = {}, 0
   for _, token in ipairs(lines("BENCH_TOKENS")) do
      for _, body in ipairs(lines("BENCH_BODIES")) do
         requests[#requests + 1] = wrk.format("POST", nil, {
            ["Content-Type"] = "application/json", ["Accept"] = "application/json",
            ["Authorization"] = "Bearer " .. token,
         }, body)
      end
   end
end

function request()
   turn = turn % #requests + 1
   return requests[turn]
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      'RESULT {"requests":%d,"seconds":%.6f,"bytes":%d,"errors":%d,"p50":%.3f,"p99":%.3f}\n',
      summary.requests, summary.duration / 1e6, summary.bytes,
      errors.connect + errors.read + errors.write + errors.status + errors.timeout,
      latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
