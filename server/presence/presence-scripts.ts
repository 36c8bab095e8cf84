import { script } from '../bus/redis-script.ts';

// All times are Redis's own: the instances' clocks need not agree. A change and its announcement are one step, so that no
// crash comes between them, and they are announced in the order in which they happened.

const now = `local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)`;

/** KEYS leases, due; ARGV user, connection, leaseMs, channel of the changes. Answers how many leases the user has. */
export const renewScript = script(`${now}
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local came = redis.call('EXISTS', KEYS[1]) == 0
redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[1])
if came then redis.call('PUBLISH', ARGV[4], '+' .. ARGV[1]) end
return redis.call('ZCARD', KEYS[1])`);

/** KEYS leases, due; ARGV user, connection, idleMs: for how long the connection had been silent, channel of the changes. */
export const releaseScript = script(`${now}
redis.call('ZREM', KEYS[1], ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')
if last[2] then
  redis.call('PEXPIREAT', KEYS[1], last[2])
  redis.call('ZADD', KEYS[2], last[2], ARGV[1])
else
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('PUBLISH', ARGV[4], '-' .. string.format('%.0f', now - ARGV[3]) .. ' ' .. ARGV[1])
end`);

/** KEYS due; ARGV leaseMs, limit, prefix of the users' keys, channel of the changes. Ends what nobody renewed: a dead instance's. Answers how many. */
export const sweepScript = script(`${now}
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'WITHSCORES', 'LIMIT', 0, ARGV[2])
for i = 1, #due, 2 do
  redis.call('ZREM', KEYS[1], due[i])
  redis.call('DEL', ARGV[3] .. due[i])
  redis.call('PUBLISH', ARGV[4], '-' .. string.format('%.0f', due[i + 1] - ARGV[1]) .. ' ' .. due[i])
end
return #due / 2`);
