%% Binaries of Erlang that are appended to.
-module(erlang_capacities).
-export([main/0]).

main() ->
    io:format("= Erlang/OTP ~s~n", [erlang:system_info(otp_release)]),
    io:format("erlang-binary"),
    append(<<>>, 0, 300000),
    io:format("~n"),
    halt().

append(_, _, 0) ->
    ok;
append(Binary, Seen, Pushes) ->
    Longer = <<Binary/binary, 1>>,
    Capacity = binary:referenced_byte_size(Longer),
    if
        Capacity =/= Seen -> io:format(" ~w", [Capacity]);
        true -> ok
    end,
    append(Longer, Capacity, Pushes - 1).
