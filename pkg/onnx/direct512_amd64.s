#include "textflag.h"

// Convolutions as sums of shifted rows, with AVX-512.

// HSWISH512 overwrites Z5; Z6 is zero.
#define HSWISH512(R) \
	VBROADCASTSS     ·half(SB), Z5         \
	VFMADD231PS.BCST ·sixth(SB), R, Z5     \
	VMAXPS           Z6, Z5, Z5            \
	VMINPS.BCST      ·ones(SB), Z5, Z5     \
	VMULPS           Z5, R, R

// ACTIVATE applies the epilogue at R11 to Z0…Z3. It overwrites Z5, Z6 and AX.
#define ACTIVATE(RELU, AFFINE, END) \
	MOVQ   (R11), AX    \
	VPXORD Z6, Z6, Z6   \
	CMPQ   AX, $1       \
	JB     AFFINE       \
	JEQ    RELU         \
	HSWISH512(Z0)       \
	HSWISH512(Z1)       \
	HSWISH512(Z2)       \
	HSWISH512(Z3)       \
	JMP    AFFINE       \
RELU:                       \
	VMAXPS Z6, Z0, Z0   \
	VMAXPS Z6, Z1, Z1   \
	VMAXPS Z6, Z2, Z2   \
	VMAXPS Z6, Z3, Z3   \
AFFINE:                     \
	CMPQ   8(R11), $0   \
	JEQ    END          \
	VBROADCASTSS 16(R11), Z5   \
	VBROADCASTSS 20(R11), Z6   \
	VFMADD213PS  Z6, Z5, Z0    \
	VFMADD213PS  Z6, Z5, Z1    \
	VFMADD213PS  Z6, Z5, Z2    \
	VFMADD213PS  Z6, Z5, Z3    \
END:

// func tapsAVX512(dst []float32, n int, src []float32, offs []int, w []float32, bias float32, ep *epilogue)
// computes 64 results at a time; the last ones are stored under masks.
TEXT ·tapsAVX512(SB), NOSPLIT, $0-120
	MOVQ dst_base+0(FP), DI
	MOVQ n+24(FP), CX
	MOVQ src_base+32(FP), SI
	MOVQ offs_base+56(FP), R8
	MOVQ offs_len+64(FP), R9
	MOVQ w_base+80(FP), R10
	MOVQ ep+112(FP), R11
	VBROADCASTSS bias+104(FP), Z7

next:
	TESTQ CX, CX
	JLE   done
	MOVQ  $-1, R12
	CMPQ  CX, $64
	JAE   whole
	MOVQ  $1, R12
	SHLQ  CX, R12
	DECQ  R12

whole:
	KMOVW   R12, K1
	SHRQ    $16, R12
	KMOVW   R12, K2
	SHRQ    $16, R12
	KMOVW   R12, K3
	SHRQ    $16, R12
	KMOVW   R12, K4
	VMOVAPS Z7, Z0
	VMOVAPS Z7, Z1
	VMOVAPS Z7, Z2
	VMOVAPS Z7, Z3
	XORQ    BX, BX
	TESTQ   R9, R9
	JZ      activate

tap:
	MOVQ         (R8)(BX*8), AX
	VBROADCASTSS (R10)(BX*4), Z4
	VFMADD231PS  (SI)(AX*4), Z4, Z0
	VFMADD231PS  64(SI)(AX*4), Z4, Z1
	VFMADD231PS  128(SI)(AX*4), Z4, Z2
	VFMADD231PS  192(SI)(AX*4), Z4, Z3
	INCQ         BX
	CMPQ         BX, R9
	JB           tap

activate:
	ACTIVATE(relu, affine, store)
	VMOVUPS Z0, K1, (DI)
	VMOVUPS Z1, K2, 64(DI)
	VMOVUPS Z2, K3, 128(DI)
	VMOVUPS Z3, K4, 192(DI)
	ADDQ    $256, DI
	ADDQ    $256, SI
	SUBQ    $64, CX
	JMP     next

done:
	VZEROUPPER
	RET

// A load of the row at R12 and what it gives to one, two, three or four rows.
#define TAKE1(AT, A, WA) \
	VMOVUPS     AT(R12), Z4 \
	VFMADD231PS Z4, WA, A
#define TAKE2(AT, A, WA, B, WB) \
	TAKE1(AT, A, WA)        \
	VFMADD231PS Z4, WB, B
#define TAKE3(AT, A, WA, B, WB, C, WC) \
	TAKE2(AT, A, WA, B, WB) \
	VFMADD231PS Z4, WC, C
#define TAKE4(AT, A, WA, B, WB, C, WC, D, WD) \
	TAKE3(AT, A, WA, B, WB, C, WC) \
	VFMADD231PS Z4, WD, D

// func depth3AVX512(dst []float32, ldd, n, rows int, src []float32, lds int, w []float32, bias float32, ep *epilogue)
// Four rows of 16 results at a time, in Z0…Z3; the weights stay in registers.
TEXT ·depth3AVX512(SB), NOSPLIT, $0-120
	MOVQ dst_base+0(FP), DI
	MOVQ ldd+24(FP), R9
	MOVQ n+32(FP), CX
	MOVQ rows+40(FP), R13
	MOVQ src_base+48(FP), SI
	MOVQ lds+72(FP), R8
	MOVQ w_base+80(FP), R10
	MOVQ ep+112(FP), R11
	SHLQ $2, R8
	SHLQ $2, R9
	VBROADCASTSS (R10), Z7
	VBROADCASTSS 4(R10), Z8
	VBROADCASTSS 8(R10), Z9
	VBROADCASTSS 12(R10), Z10
	VBROADCASTSS 16(R10), Z11
	VBROADCASTSS 20(R10), Z12
	VBROADCASTSS 24(R10), Z13
	VBROADCASTSS 28(R10), Z14
	VBROADCASTSS 32(R10), Z15

next:
	MOVL  $0xffff, AX
	CMPQ  CX, $16
	JAE   whole
	MOVL  $1, AX
	SHLL  CX, AX
	DECL  AX

whole:
	KMOVW AX, K1
	VBROADCASTSS bias+104(FP), Z0
	VMOVAPS      Z0, Z1
	VMOVAPS      Z0, Z2
	VMOVAPS      Z0, Z3
	MOVQ         SI, R12
	TAKE1(0, Z0, Z7)
	TAKE1(4, Z0, Z8)
	TAKE1(8, Z0, Z9)
	ADDQ R8, R12
	TAKE2(0, Z0, Z10, Z1, Z7)
	TAKE2(4, Z0, Z11, Z1, Z8)
	TAKE2(8, Z0, Z12, Z1, Z9)
	ADDQ R8, R12
	TAKE3(0, Z0, Z13, Z1, Z10, Z2, Z7)
	TAKE3(4, Z0, Z14, Z1, Z11, Z2, Z8)
	TAKE3(8, Z0, Z15, Z1, Z12, Z2, Z9)
	ADDQ R8, R12
	TAKE3(0, Z1, Z13, Z2, Z10, Z3, Z7)
	TAKE3(4, Z1, Z14, Z2, Z11, Z3, Z8)
	TAKE3(8, Z1, Z15, Z2, Z12, Z3, Z9)
	ADDQ R8, R12
	TAKE2(0, Z2, Z13, Z3, Z10)
	TAKE2(4, Z2, Z14, Z3, Z11)
	TAKE2(8, Z2, Z15, Z3, Z12)
	ADDQ R8, R12
	TAKE1(0, Z3, Z13)
	TAKE1(4, Z3, Z14)
	TAKE1(8, Z3, Z15)
	ACTIVATE(relu, affine, store)
	MOVQ    DI, DX
	VMOVUPS Z0, K1, (DX)
	CMPQ    R13, $2
	JB      stored
	LEAQ    (DX)(R9*1), DX
	VMOVUPS Z1, K1, (DX)
	JEQ     stored
	LEAQ    (DX)(R9*1), DX
	VMOVUPS Z2, K1, (DX)
	CMPQ    R13, $4
	JB      stored
	LEAQ    (DX)(R9*1), DX
	VMOVUPS Z3, K1, (DX)

stored:
	ADDQ $64, DI
	ADDQ $64, SI
	SUBQ $16, CX
	JGT  next
	VZEROUPPER
	RET

// func depth5AVX512(dst []float32, ldd, n, rows int, src []float32, lds int, w []float32, bias float32, ep *epilogue)
// Four rows of 16 results at a time, in Z0…Z3; the weights stay in registers.
TEXT ·depth5AVX512(SB), NOSPLIT, $0-120
	MOVQ dst_base+0(FP), DI
	MOVQ ldd+24(FP), R9
	MOVQ n+32(FP), CX
	MOVQ rows+40(FP), R13
	MOVQ src_base+48(FP), SI
	MOVQ lds+72(FP), R8
	MOVQ w_base+80(FP), R10
	MOVQ ep+112(FP), R11
	SHLQ $2, R8
	SHLQ $2, R9
	VBROADCASTSS (R10), Z7
	VBROADCASTSS 4(R10), Z8
	VBROADCASTSS 8(R10), Z9
	VBROADCASTSS 12(R10), Z10
	VBROADCASTSS 16(R10), Z11
	VBROADCASTSS 20(R10), Z12
	VBROADCASTSS 24(R10), Z13
	VBROADCASTSS 28(R10), Z14
	VBROADCASTSS 32(R10), Z15
	VBROADCASTSS 36(R10), Z16
	VBROADCASTSS 40(R10), Z17
	VBROADCASTSS 44(R10), Z18
	VBROADCASTSS 48(R10), Z19
	VBROADCASTSS 52(R10), Z20
	VBROADCASTSS 56(R10), Z21
	VBROADCASTSS 60(R10), Z22
	VBROADCASTSS 64(R10), Z23
	VBROADCASTSS 68(R10), Z24
	VBROADCASTSS 72(R10), Z25
	VBROADCASTSS 76(R10), Z26
	VBROADCASTSS 80(R10), Z27
	VBROADCASTSS 84(R10), Z28
	VBROADCASTSS 88(R10), Z29
	VBROADCASTSS 92(R10), Z30
	VBROADCASTSS 96(R10), Z31

next:
	MOVL  $0xffff, AX
	CMPQ  CX, $16
	JAE   whole
	MOVL  $1, AX
	SHLL  CX, AX
	DECL  AX

whole:
	KMOVW AX, K1
	VBROADCASTSS bias+104(FP), Z0
	VMOVAPS      Z0, Z1
	VMOVAPS      Z0, Z2
	VMOVAPS      Z0, Z3
	MOVQ         SI, R12
	TAKE1(0, Z0, Z7)
	TAKE1(4, Z0, Z8)
	TAKE1(8, Z0, Z9)
	TAKE1(12, Z0, Z10)
	TAKE1(16, Z0, Z11)
	ADDQ R8, R12
	TAKE2(0, Z0, Z12, Z1, Z7)
	TAKE2(4, Z0, Z13, Z1, Z8)
	TAKE2(8, Z0, Z14, Z1, Z9)
	TAKE2(12, Z0, Z15, Z1, Z10)
	TAKE2(16, Z0, Z16, Z1, Z11)
	ADDQ R8, R12
	TAKE3(0, Z0, Z17, Z1, Z12, Z2, Z7)
	TAKE3(4, Z0, Z18, Z1, Z13, Z2, Z8)
	TAKE3(8, Z0, Z19, Z1, Z14, Z2, Z9)
	TAKE3(12, Z0, Z20, Z1, Z15, Z2, Z10)
	TAKE3(16, Z0, Z21, Z1, Z16, Z2, Z11)
	ADDQ R8, R12
	TAKE4(0, Z0, Z22, Z1, Z17, Z2, Z12, Z3, Z7)
	TAKE4(4, Z0, Z23, Z1, Z18, Z2, Z13, Z3, Z8)
	TAKE4(8, Z0, Z24, Z1, Z19, Z2, Z14, Z3, Z9)
	TAKE4(12, Z0, Z25, Z1, Z20, Z2, Z15, Z3, Z10)
	TAKE4(16, Z0, Z26, Z1, Z21, Z2, Z16, Z3, Z11)
	ADDQ R8, R12
	TAKE4(0, Z0, Z27, Z1, Z22, Z2, Z17, Z3, Z12)
	TAKE4(4, Z0, Z28, Z1, Z23, Z2, Z18, Z3, Z13)
	TAKE4(8, Z0, Z29, Z1, Z24, Z2, Z19, Z3, Z14)
	TAKE4(12, Z0, Z30, Z1, Z25, Z2, Z20, Z3, Z15)
	TAKE4(16, Z0, Z31, Z1, Z26, Z2, Z21, Z3, Z16)
	ADDQ R8, R12
	TAKE3(0, Z1, Z27, Z2, Z22, Z3, Z17)
	TAKE3(4, Z1, Z28, Z2, Z23, Z3, Z18)
	TAKE3(8, Z1, Z29, Z2, Z24, Z3, Z19)
	TAKE3(12, Z1, Z30, Z2, Z25, Z3, Z20)
	TAKE3(16, Z1, Z31, Z2, Z26, Z3, Z21)
	ADDQ R8, R12
	TAKE2(0, Z2, Z27, Z3, Z22)
	TAKE2(4, Z2, Z28, Z3, Z23)
	TAKE2(8, Z2, Z29, Z3, Z24)
	TAKE2(12, Z2, Z30, Z3, Z25)
	TAKE2(16, Z2, Z31, Z3, Z26)
	ADDQ R8, R12
	TAKE1(0, Z3, Z27)
	TAKE1(4, Z3, Z28)
	TAKE1(8, Z3, Z29)
	TAKE1(12, Z3, Z30)
	TAKE1(16, Z3, Z31)
	ACTIVATE(relu, affine, store)
	MOVQ    DI, DX
	VMOVUPS Z0, K1, (DX)
	CMPQ    R13, $2
	JB      stored
	LEAQ    (DX)(R9*1), DX
	VMOVUPS Z1, K1, (DX)
	JEQ     stored
	LEAQ    (DX)(R9*1), DX
	VMOVUPS Z2, K1, (DX)
	CMPQ    R13, $4
	JB      stored
	LEAQ    (DX)(R9*1), DX
	VMOVUPS Z3, K1, (DX)

stored:
	ADDQ $64, DI
	ADDQ $64, SI
	SUBQ $16, CX
	JGT  next
	VZEROUPPER
	RET
