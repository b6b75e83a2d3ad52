"use strict";

/** What stands in the token field, also when it was pasted with its scheme. */
const bearerToken = () => byID("token").value.trim().replace(/^Bearer\s+/i, "");

function claimsOf(token) {
    try {
        const claims = JSON.parse(new TextDecoder().decode(base64Bytes(token.split(".")[1])));
        return typeof claims === "object" ? claims : null;
    } catch {
        return null;
    }
}

function relativeTime(seconds) {
    const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
    const [unit, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units.at(-1);
    return new Intl.RelativeTimeFormat("en").format(Math.trunc(seconds / length), unit);
}

/** Shows what the token says, and how long it is good for. The server alone verifies it. */
function showClaims() {
    const claims = claimsOf(bearerToken());
    const now = Date.now() / 1000;
    const isTime = (name, value) => ["exp", "nbf", "iat"].includes(name) && Number.isFinite(value);
    const shown = (name, value) => isTime(name, value)
        ? `${new Date(value * 1000).toLocaleString()} (${relativeTime(value - now)})`
        : typeof value === "string" ? value : JSON.stringify(value);
    byID("claims").replaceChildren(...Object.entries(claims ?? {}).flatMap(([name, value]) =>
        [element("dt", {}, name), element("dd", {}, shown(name, value))]));
    showExpiry();
}

/** Says beside the heading how long the token is good for; called again and again, since the page stays open for days. */
function showExpiry() {
    const claims = claimsOf(bearerToken());
    const now = Date.now() / 1000;
    const [state, isBad] = !bearerToken() ? ["no token", false]
        : !claims ? ["this is no JSON Web Token", true]
        : !Number.isFinite(claims.exp) ? ["never expires", false]
        : claims.exp <= now ? [`expired ${relativeTime(claims.exp - now)}`, true]
        : [`expires ${relativeTime(claims.exp - now)}`, claims.exp - now < 300];
    byID("expiry").textContent = state;
    byID("expiry").className = isBad ? "bad" : "muted";
}
