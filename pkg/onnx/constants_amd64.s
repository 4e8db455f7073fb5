#include "textflag.h"

// Constants of the kernels, each 8 floats unless it is broadcast.

DATA ·sixth(SB)/4, $0x3e2aaaab // 1/6
GLOBL ·sixth(SB), RODATA|NOPTR, $4

DATA ·half(SB)/4, $0x3f000000
GLOBL ·half(SB), RODATA|NOPTR, $4

DATA ·ones+0(SB)/8, $0x3f8000003f800000
DATA ·ones+8(SB)/8, $0x3f8000003f800000
DATA ·ones+16(SB)/8, $0x3f8000003f800000
DATA ·ones+24(SB)/8, $0x3f8000003f800000
GLOBL ·ones(SB), RODATA|NOPTR, $32

// Eight set words, then eight clear ones.
DATA ·masks+0(SB)/8, $-1
DATA ·masks+8(SB)/8, $-1
DATA ·masks+16(SB)/8, $-1
DATA ·masks+24(SB)/8, $-1
DATA ·masks+32(SB)/8, $0
DATA ·masks+40(SB)/8, $0
DATA ·masks+48(SB)/8, $0
DATA ·masks+56(SB)/8, $0
GLOBL ·masks(SB), RODATA|NOPTR, $64

// e^x = 2^n·e^r, r = x - n·ln 2 in two parts, and a polynomial for e^r: the
// numbers of Cephes expf (netlib.org/cephes).
DATA ·expConst+0(SB)/4, $0xc2aeac50  // -87.3365, below it 2^n is not normal
DATA ·expConst+4(SB)/4, $0x42b0c0a5  // 88.376, above it the result overflows
DATA ·expConst+8(SB)/4, $0x3fb8aa3b  // 1/ln 2
DATA ·expConst+12(SB)/4, $0x3f318000 // high part of ln 2
DATA ·expConst+16(SB)/4, $0xb95e8083 // low part of ln 2
DATA ·expConst+20(SB)/4, $0x39506967 // 1.9875691500e-4
DATA ·expConst+24(SB)/4, $0x3ab743ce // 1.3981999507e-3
DATA ·expConst+28(SB)/4, $0x3c088908 // 8.3334519073e-3
DATA ·expConst+32(SB)/4, $0x3d2aa9c1 // 4.1665795894e-2
DATA ·expConst+36(SB)/4, $0x3e2aaaaa // 1.6666665459e-1
DATA ·expConst+40(SB)/4, $0x3f000000 // 5.0000001201e-1
DATA ·expConst+44(SB)/4, $0x3f800000 // 1
DATA ·expConst+48(SB)/4, $0x0000007f // bias of the exponent
GLOBL ·expConst(SB), RODATA|NOPTR, $52

// The numbers of geluPoly, highest first, and of geluReach.
DATA ·geluConst+0(SB)/4, $0xc0c00000  // -geluReach
DATA ·geluConst+4(SB)/4, $0x40c00000  // geluReach
DATA ·geluConst+8(SB)/4, $0x31782995
DATA ·geluConst+12(SB)/4, $0xb48f4982
DATA ·geluConst+16(SB)/4, $0x37052e6a
DATA ·geluConst+20(SB)/4, $0xb8e7b1b1
DATA ·geluConst+24(SB)/4, $0xb88af4fa
DATA ·geluConst+28(SB)/4, $0x3d94d342
DATA ·geluConst+32(SB)/4, $0x3fcc4224
GLOBL ·geluConst(SB), RODATA|NOPTR, $36
