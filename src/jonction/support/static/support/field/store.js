/** The drawer of this device: the key, the list of processes, the notes. Emptied at sign-out. */

const NAME = "terrain";
const STORES = { keys: "writer", kept: "writer", notes: "uuid" };

/** @param {IDBRequest} request */
export function answer(request) {
  return new Promise((hold, fail) => {
    request.onsuccess = () => hold(request.result);
    request.onerror = () => fail(request.error);
  });
}

async function opened() {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => {
    for (const [name, keyPath] of Object.entries(STORES)) {
      request.result.createObjectStore(name, { keyPath });
    }
  };
  return answer(request);
}

/**
 * Run one transaction on the three stores; give what `work` returns once it has held.
 * A connection lives no longer than its transaction: the drawer can be emptied at any time.
 * @param {IDBTransactionMode} mode
 * @param {(stores: Record<string, IDBObjectStore>) => Promise<any>} work
 */
export async function within(mode, work) {
  const base = await opened();
  const transaction = base.transaction(Object.keys(STORES), mode, { durability: "strict" });
  const held = new Promise((hold, fail) => {
    transaction.oncomplete = hold;
    transaction.onabort = () => fail(transaction.error ?? new Error("aborted"));
  });
  held.catch(() => undefined);
  try {
    const stores = Object.keys(STORES).map((name) => [name, transaction.objectStore(name)]);
    const result = await work(Object.fromEntries(stores));
    await held;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // it had ended by itself
    }
    throw error;
  } finally {
    base.close();
  }
}

/** Remove the drawer itself. */
export function emptied() {
  return answer(indexedDB.deleteDatabase(NAME));
}
