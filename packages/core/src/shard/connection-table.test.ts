import { expect, test } from "bun:test";
import { scriptedConnection } from "../../test/scripted-connection.ts";
import { ConnectionTable } from "./connection-table.ts";

test("finds a connection that is there, and none once it is gone", () => {
  const table = new ConnectionTable();
  const { connection } = scriptedConnection({ id: table.nextId() });
  table.add(connection);
  expect(table.get(connection.id)).toBe(connection);
  expect(table.size).toBe(1);
  expect(table.remove(connection)).toBe(true);
  expect(table.remove(connection)).toBe(false);
  expect(table.get(connection.id)).toBeUndefined();
});

test("numbers begin at 1 and are not given twice", () => {
  const table = new ConnectionTable();
  const ids = Array.from({ length: 1000 }, () => table.nextId());
  expect(ids[0]).toBe(1);
  expect(new Set(ids).size).toBe(1000);
});

test("a number is not given again as soon as it is free", () => {
  const table = new ConnectionTable();
  const { connection } = scriptedConnection({ id: table.nextId() });
  table.add(connection);
  table.remove(connection);
  expect(table.nextId()).not.toBe(connection.id);
});

test("connections may leave while all are looked at", () => {
  const table = new ConnectionTable();
  for (let count = 0; count < 10; count += 1) {
    table.add(scriptedConnection({ id: table.nextId() }).connection);
  }
  let seen = 0;
  for (const connection of table.all()) {
    seen += 1;
    table.remove(connection);
  }
  expect(seen).toBe(10);
  expect(table.size).toBe(0);
});
