// What may hold the place of a tail.

import { expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PlaceFile } from "./tail-place.ts";

const special = ["/dev/full", "/dev/zero", "/dev/null", tmpdir()];

test.each(special)("%s is no regular file, which is told before anything is read", (path) => {
  expect(() => new PlaceFile(path).read()).toThrow(
    `--keep-place ${path}: this is no regular file; name one, or one to be made`,
  );
});

test("what is not there yet holds no place", () => {
  expect(new PlaceFile(join(tmpdir(), "no", "such", "place")).read()).toBeNull();
});
