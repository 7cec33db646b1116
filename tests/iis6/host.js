// Runs a script for Windows Script Host again and again, on an IIS 6 that is a value of JSON:
//
//   node host.js SCRIPT
//
// Each line of the input is `{"state": ...}`, which becomes the server, or `{"run": [...]}` with arguments of the
// script, and is answered by a line with `output`, `code` and the `state` that the server is in then. That has
// `metabase` (path to `class` and `properties`), `files` (path to text), `folders`, `groups`, `environment`, and
// `calls`, to which whatever a server would do is added. The language is cut down to what JScript 5.6 has.
'use strict';
const fs = require('node:fs');
const readline = require('node:readline');
const vm = require('node:vm');

const source = fs.readFileSync(process.argv[2], 'utf8');
let state = null;

// What a node has from the one above it if it says nothing itself.
const INHERITED = new Set([
  'ScriptMaps', 'AccessFlags', 'AuthFlags', 'AppPoolId', 'AppRoot', 'HttpExpires', 'IdleTimeout', 'MaxProcesses',
  'AppPoolQueueLength', 'PeriodicRestartTime', 'PeriodicRestartRequests', 'PeriodicRestartPrivateMemory',
  'PeriodicRestartSchedule', 'ShutdownTimeLimit', 'AppPoolIdentityType',
]);
const LISTS = new Set([
  'ScriptMaps', 'ServerBindings', 'SecureBindings', 'PeriodicRestartSchedule', 'WebSvcExtRestrictionList',
]);
const NUMBERS = new Set([
  'AccessFlags', 'AuthFlags', 'AppPoolIdentityType', 'IdleTimeout', 'MaxProcesses', 'AppPoolQueueLength',
  'PeriodicRestartTime', 'PeriodicRestartRequests', 'PeriodicRestartPrivateMemory', 'ShutdownTimeLimit', 'CPULimit',
  'CPUAction', 'CPUResetInterval', 'AppPoolState',
]);
// What may stand below what.
const PLACES = {
  IIsWebService: ['IIsWebServer'],
  IIsWebServer: ['IIsWebVirtualDir'],
  IIsWebVirtualDir: ['IIsWebVirtualDir', 'IIsWebDirectory'],
  IIsWebDirectory: ['IIsWebVirtualDir', 'IIsWebDirectory'],
  IIsApplicationPools: ['IIsApplicationPool'],
};

function failure(number, message) {
  const problem = new Error(message);
  problem.number = number | 0;
  return problem;
}

function keyOf(paths, path) {
  return Object.keys(paths).find((known) => known.toLowerCase() === path.toLowerCase());
}

const notFound = () => failure(0x80070003, 'The system cannot find the path specified.');

// A list as COM hands it out: neither an array nor readable, but by `VBArray`.
class SafeArray {
  #items;

  constructor(items) {
    this.#items = items;
  }

  static items(array) {
    if (!(array instanceof SafeArray)) {
      throw failure(0x800a1395, 'VBArray object expected');
    }
    return [...array.#items];
  }
}

class Node {
  constructor(path, kind, isNew) {
    this.path = path;
    this.Class = kind;
    this.isNew = isNew;
    this.pending = {};
  }

  static open(path) {
    const known = keyOf(state.metabase, path);
    if (known === undefined) {
      throw notFound();
    }
    return new Node(known, state.metabase[known].class, false);
  }

  get(property) {
    for (let path = this.path; path; path = path.replace(/\/?[^/]*$/, '')) {
      const properties = state.metabase[keyOf(state.metabase, path) ?? path]?.properties ?? {};
      if (property in properties) {
        return properties[property];
      }
      if (!INHERITED.has(property)) {
        break;
      }
    }
    throw failure(0x8000500d, 'The Active Directory property cannot be found in the cache.');
  }

  Get(property) {
    const value = this.pending[property] ?? this.get(property);
    return Array.isArray(value) ? new SafeArray(value) : value;
  }

  Put(property, value) {
    const isList = value instanceof SafeArray;
    if (isList !== LISTS.has(property) || (typeof value === 'number') !== NUMBERS.has(property)) {
      throw failure(0x8000500c, `wrong type for ${property}`);
    }
    this.pending[property] = isList ? SafeArray.items(value) : value;
  }

  PutEx(control, property) {
    if (control !== 1) {
      throw failure(0x80005008, 'only clearing is known');
    }
    this.pending[property] = null;
  }

  SetInfo() {
    if (this.isNew) {
      state.metabase[this.path] = { class: this.Class, properties: {} };
      this.isNew = false;
    }
    const properties = state.metabase[this.path].properties;
    for (const [property, value] of Object.entries(this.pending)) {
      if (value === null) {
        delete properties[property];
      } else {
        properties[property] = value;
      }
    }
    this.pending = {};
    state.calls.push(`SetInfo ${this.path}`);
  }

  Create(kind, name) {
    const path = `${this.path}/${name}`;
    if (this.isNew || !PLACES[this.Class]?.includes(kind)) {
      throw failure(0x80070057, `no ${kind} goes below ${this.path}`);
    }
    if (keyOf(state.metabase, path) !== undefined) {
      throw failure(0x800700b7, 'Cannot create a file when that file already exists.');
    }
    return new Node(path, kind, true);
  }

  Delete(kind, name) {
    const path = keyOf(state.metabase, `${this.path}/${name}`);
    if (path === undefined || state.metabase[path].class !== kind) {
      throw notFound();
    }
    const below = (known) => known === path || known.startsWith(`${path}/`);
    for (const known of Object.keys(state.metabase).filter(below)) {
      delete state.metabase[known];
    }
    state.calls.push(`Delete ${path}`);
  }

  children() {
    const isChild = (path) => path.startsWith(`${this.path}/`) && !path.slice(this.path.length + 1).includes('/');
    return Object.keys(state.metabase).filter(isChild).map((path) => Node.open(path));
  }

  AppCreate3(mode, pool, create) {
    if (this.isNew || mode !== 2 || create !== false) {
      throw failure(0x80070057, 'AppCreate3');
    }
    const properties = state.metabase[this.path].properties;
    Object.assign(properties, { AppRoot: `/LM/${this.path}`, AppIsolated: 2, AppPoolId: pool });
    state.calls.push(`AppCreate3 ${this.path}`);
  }

  EnumAppsInPool() {
    const name = this.path.split('/').pop().toLowerCase();
    const users = Object.entries(state.metabase).filter(([, { properties }]) => properties.AppPoolId?.toLowerCase() === name);
    return new SafeArray(users.map(([path]) => path));
  }

  Recycle() {
    state.calls.push(`Recycle ${this.path}`);
  }

  Start() {
    state.calls.push(`Start ${this.path}`);
  }
}

function group(name) {
  const members = state.groups[name] ?? (() => { throw notFound(); })();
  return {
    IsMember: (account) => members.includes(account),
    Add: (account) => members.push(account),
    Remove: (account) => members.splice(members.indexOf(account), 1),
  };
}

function GetObject(name) {
  if (state.denied) {
    throw failure(0x80070005, 'Access is denied.');
  }
  const parts = /^(IIS:\/\/localhost\/|WinNT:\/\/)(.*)$/.exec(name);
  if (parts[1] !== 'WinNT://') {
    return Node.open(parts[2]);
  }
  const account = parts[2].split(',');
  return account[1] === 'group' ? group(account[0].split('/').pop()) : { ADsPath: `WinNT://${account[0]}` };
}

function Enumerator(node) {
  const items = node.children();
  let at = 0;
  return { atEnd: () => at >= items.length, moveNext: () => { at += 1; }, item: () => items[at] };
}

// One change of a file may be made to fail: the one that would make a file of this name.
function mayFail(path) {
  if (state.failing === path) {
    state.failing = null;
    throw failure(0x800a0046, 'Permission denied');
  }
}

function pathOf(path) {
  return keyOf(state.files, path) ?? path;
}

function must(path) {
  if (!(pathOf(path) in state.files)) {
    throw failure(0x800a0035, 'File not found');
  }
  return pathOf(path);
}

function textStream(path) {
  let written = '';
  return {
    get AtEndOfStream() { return state.files[must(path)] === ''; },
    ReadAll: () => state.files[must(path)],
    Write: (text) => { written += text; },
    Close: () => { if (written) state.files[pathOf(path)] = written; },
  };
}

const fileSystem = {
  GetSpecialFolder: () => ({ Path: 'C:\\WINDOWS' }),
  BuildPath: (folder, name) => `${folder}\\${name}`,
  FolderExists: (path) => state.folders.some((known) => known.toLowerCase() === path.toLowerCase()),
  FileExists: (path) => pathOf(path) in state.files,
  OpenTextFile: (path) => (must(path), textStream(path)),
  CreateTextFile: (path) => {
    mayFail(path);
    state.files[pathOf(path)] = '';
    return textStream(path);
  },
  CopyFile: (from, to) => {
    mayFail(to);
    state.files[to] = state.files[must(from)];
  },
  DeleteFile: (path) => { delete state.files[must(path)]; },
  MoveFile: (from, to) => {
    mayFail(to);
    if (pathOf(to) in state.files) {
      throw failure(0x800a003a, 'File already exists');
    }
    state.files[to] = state.files[must(from)];
    delete state.files[must(from)];
  },
};

function dictionary() {
  const items = [];
  return { Add: (key, item) => items.push(item), Items: () => new SafeArray(items) };
}

const shell = {
  ExpandEnvironmentStrings: (text) => text.replace('%SystemDrive%', 'C:'),
  Environment: () => ({ Item: (name) => state.environment[name] ?? '' }),
};

function ActiveXObject(name) {
  const objects = {
    'Scripting.FileSystemObject': () => fileSystem,
    'Scripting.Dictionary': dictionary,
    'WScript.Shell': () => shell,
    'WScript.Network': () => ({ ComputerName: 'SERVER' }),
  };
  return objects[name]();
}

const OLD = new Set((
  'apply call charAt charCodeAt concat constructor getTime hasOwnProperty join lastIndexOf length match pop push'
  + ' replace reverse search shift slice sort splice split substr substring toLowerCase toString toUpperCase unshift'
  + ' valueOf'
).split(' '));

// What later versions of the language brought is not there.
function age(context) {
  for (const type of ['Array', 'String', 'Object', 'Function', 'Number', 'Date']) {
    const { prototype } = vm.runInContext(type, context);
    for (const name of Object.getOwnPropertyNames(prototype)) {
      if (!OLD.has(name) && !(type === 'String' && name === 'indexOf')) {
        Reflect.deleteProperty(prototype, name);
      }
    }
  }
  vm.runInContext('delete Array.prototype.lastIndexOf; delete Object.keys; delete globalThis.JSON;', context);
}

function run(words) {
  const output = [];
  let code = null;
  const WScript = {
    Arguments: { length: words.length, Item: (index) => words[index] },
    Echo: (text) => output.push(text),
    Quit: (given) => { code = given; },
  };
  // An array of the script's own world, whose methods are as old as it.
  const VBArray = function VBArray(array) {
    return { toArray: () => vm.runInContext('Array', context).from(SafeArray.items(array)) };
  };
  const context = vm.createContext({ WScript, GetObject, ActiveXObject, VBArray, Enumerator });
  age(context);
  vm.runInContext(source, context);
  return { output: output.map((line) => `${line}\n`).join(''), code };
}

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const asked = JSON.parse(line);
  state = asked.state ?? state;
  const ran = asked.run ? run(asked.run) : {};
  process.stdout.write(`${JSON.stringify({ ...ran, state })}\n`);
});
