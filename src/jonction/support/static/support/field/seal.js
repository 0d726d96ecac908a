/** How what is kept is sealed: a key that no script can read out, made from what the server gives. */

const words = new TextEncoder();
const PURPOSE = words.encode("jonction.terrain.1");

/**
 * @param {string} secret in hexadecimal
 * @returns {Promise<CryptoKey>} a key that cannot be exported
 */
export async function keyFrom(secret) {
  const bytes = Uint8Array.from(secret.match(/../g), (pair) => parseInt(pair, 16));
  const root = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: PURPOSE };
  const kind = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(how, root, kind, false, ["encrypt", "decrypt"]);
}

/** Seal a thing under its name: it cannot be passed off for another. */
export async function sealed(key, name, thing) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: words.encode(name) };
  const box = await crypto.subtle.encrypt(how, key, words.encode(JSON.stringify(thing)));
  return { iv, box };
}

/** Return the thing, or null when this key does not open it. */
export async function unsealed(key, name, { iv, box }) {
  const how = { name: "AES-GCM", iv, additionalData: words.encode(name) };
  try {
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, box)));
  } catch {
    return null;
  }
}
