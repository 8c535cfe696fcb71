# What the compiler and the linker offer against memory errors in a program that reads hostile bytes and holds keys.
# Release only: the other builds have sanitizers or are never run.
add_compile_options("$<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2;-fstack-protector-strong;-fstack-clash-protection;-fcf-protection>")
add_link_options("$<$<CONFIG:Release>:-Wl,-z,relro,-z,now>")
