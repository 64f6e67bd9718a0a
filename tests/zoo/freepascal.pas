{ Lists of FreePascal, up to more than 2^23 pointers, where the factor changes. }
program capacities;
{$mode objfpc}
uses classes, fgl;

type
  TNumbers = specialize TFPGList<longint>;

var
  list: TFPList;
  numbers: TNumbers;
  i, seen: longint;

begin
  writeln('= FreePascal ', {$I %FPCVERSION%});
  list := TFPList.Create;
  seen := 0;
  write('freepascal-tfplist');
  for i := 1 to 20000000 do
  begin
    list.Add(nil);
    if list.Capacity <> seen then write(' ', list.Capacity);
    seen := list.Capacity;
  end;
  writeln;
  numbers := TNumbers.Create;
  seen := 0;
  write('freepascal-tfplist-3.0');
  for i := 1 to 100000 do
  begin
    numbers.Add(i);
    if numbers.Capacity <> seen then write(' ', numbers.Capacity);
    seen := numbers.Capacity;
  end;
  writeln;
end.
