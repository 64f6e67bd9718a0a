-- Tables of Lua. An array that grows when it is full reveals its capacity: the length before the
-- memory in use changes.
print("= " .. _VERSION)
collectgarbage("stop")
local pushes = 70000
-- Allocate now what is written later.
local grew = {}
for i = 1, pushes do grew[i] = false end
local array = {}
local before = collectgarbage("count")
for i = 1, pushes do
  array[i] = 1
  local now = collectgarbage("count")
  grew[i] = now ~= before
  before = now
end
io.write("lua-table")
for i = 2, pushes do
  if grew[i] then io.write(" ", i - 1) end
end
print()
