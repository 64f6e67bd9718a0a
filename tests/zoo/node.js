// Arrays of V8. `%DebugPrint` writes to the standard output of its process, so a second process runs it.
const { spawnSync } = require('child_process');

const inside = 'const a = []; for (let i = 0; i < 600; i++) { a.push(1); %DebugPrint(a); }';
const options = { encoding: 'latin1', maxBuffer: 1 << 28 };
const printed = spawnSync(process.execPath, ['--allow-natives-syntax', '-e', inside], options).stdout;
const seen = [];
for (const [, capacity] of printed.matchAll(/ - elements: 0x[0-9a-f]+ <FixedArray\[(\d+)\]/g)) {
  if (seen[seen.length - 1] !== capacity) seen.push(capacity);
}
console.log('= Node.js ' + process.versions.node + ', V8 ' + process.versions.v8);
console.log('v8-array ' + seen.join(' '));
