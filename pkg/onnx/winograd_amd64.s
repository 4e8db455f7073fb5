#include "textflag.h"
#include "epilogue_amd64.h"

// FORWARD computes Bᵀd of F(4,3) (see winoForward): d0…d5 in Y0…Y5, results in
// Y6, Y8, Y9, Y10, Y11, Y7. Y13 = 4, Y14 = 5, Y15 = 2; it overwrites Y12.
#define FORWARD \
	VMOVAPS      Y4, Y6       \
	VFMADD231PS  Y0, Y13, Y6  \
	VFNMADD231PS Y2, Y14, Y6  \
	VMOVAPS      Y5, Y7       \
	VFMADD231PS  Y1, Y13, Y7  \
	VFNMADD231PS Y3, Y14, Y7  \
	VMOVAPS      Y4, Y10      \
	VFNMADD231PS Y2, Y13, Y10 \
	VMOVAPS      Y3, Y11      \
	VFNMADD231PS Y1, Y13, Y11 \
	VADDPS       Y11, Y10, Y8 \
	VSUBPS       Y11, Y10, Y9 \
	VSUBPS       Y2, Y4, Y12  \
	VSUBPS       Y1, Y3, Y3   \
	VMOVAPS      Y12, Y10     \
	VFMADD231PS  Y3, Y15, Y10 \
	VMOVAPS      Y12, Y11     \
	VFNMADD231PS Y3, Y15, Y11

DATA ·winoConst+0(SB)/4, $0x40800000 // 4
DATA ·winoConst+4(SB)/4, $0x40a00000 // 5
DATA ·winoConst+8(SB)/4, $0x40000000 // 2
DATA ·winoConst+12(SB)/4, $0x41000000 // 8
GLOBL ·winoConst(SB), RODATA|NOPTR, $16

// func winoInputAVX2(dst []float32, stride int, src []float32, ld int)
// The frame holds the 6 rows of 72 floats after the vertical pass.
TEXT ·winoInputAVX2(SB), 0, $1728-64
	MOVQ dst_base+0(FP), DI
	MOVQ stride+24(FP), R8
	MOVQ src_base+32(FP), SI
	MOVQ ld+56(FP), R9
	SHLQ $2, R8
	SHLQ $2, R9
	LEAQ (R9)(R9*2), R10   // 3 rows
	LEAQ (R9)(R9*4), R11   // 5 rows
	VBROADCASTSS ·winoConst+0(SB), Y13
	VBROADCASTSS ·winoConst+4(SB), Y14
	VBROADCASTSS ·winoConst+8(SB), Y15
	LEAQ cols-1728(SP), DX
	MOVQ $9, CX

vertical:
	VMOVUPS (SI), Y0
	VMOVUPS (SI)(R9*1), Y1
	VMOVUPS (SI)(R9*2), Y2
	VMOVUPS (SI)(R10*1), Y3
	VMOVUPS (SI)(R9*4), Y4
	VMOVUPS (SI)(R11*1), Y5
	FORWARD
	VMOVUPS Y6, (DX)
	VMOVUPS Y8, 288(DX)
	VMOVUPS Y9, 576(DX)
	VMOVUPS Y10, 864(DX)
	VMOVUPS Y11, 1152(DX)
	VMOVUPS Y7, 1440(DX)
	ADDQ    $32, SI
	ADDQ    $32, DX
	DECQ    CX
	JNZ     vertical

	LEAQ cols-1728(SP), DX
	MOVQ $6, CX
	LEAQ (R8)(R8*2), R10 // 3 points
	LEAQ (R8)(R8*4), R11 // 5 points

// HALF deals with 8 tiles: 32 floats from P(DX) on, to P2(DI).
#define HALF(P, P2) \
	VMOVUPS     P(DX), X0             \
	VINSERTF128 $1, P+64(DX), Y0, Y0  \
	VMOVUPS     P+16(DX), X1          \
	VINSERTF128 $1, P+80(DX), Y1, Y1  \
	VMOVUPS     P+32(DX), X2          \
	VINSERTF128 $1, P+96(DX), Y2, Y2  \
	VMOVUPS     P+48(DX), X3          \
	VINSERTF128 $1, P+112(DX), Y3, Y3 \
	VMOVUPS     P+64(DX), X4          \
	VINSERTF128 $1, P+128(DX), Y4, Y4 \
	VUNPCKLPS   Y2, Y0, Y5            \
	VUNPCKLPS   Y3, Y1, Y6            \
	VUNPCKHPS   Y2, Y0, Y7            \
	VUNPCKHPS   Y3, Y1, Y8            \
	VUNPCKLPS   Y4, Y2, Y9            \
	VUNPCKLPS   Y6, Y5, Y0            \
	VUNPCKHPS   Y6, Y5, Y1            \
	VUNPCKLPS   Y8, Y7, Y2            \
	VUNPCKHPS   Y8, Y7, Y3            \
	VUNPCKLPS   Y9, Y6, Y4            \
	VUNPCKHPS   Y9, Y6, Y5            \
	FORWARD                           \
	VMOVUPS     Y6, P2(DI)            \
	VMOVUPS     Y8, P2(DI)(R8*1)      \
	VMOVUPS     Y9, P2(DI)(R8*2)      \
	VMOVUPS     Y10, P2(DI)(R10*1)    \
	VMOVUPS     Y11, P2(DI)(R8*4)     \
	VMOVUPS     Y7, P2(DI)(R11*1)

horizontal:
	HALF(0, 0)
	HALF(128, 32)
	ADDQ $288, DX
	LEAQ (DI)(R10*2), DI
	DECQ CX
	JNZ  horizontal
	VZEROUPPER
	RET

// BACK computes Aᵀm of F(4,3) (see winoBack): m0…m5 in Y0…Y5, results in
// Y6…Y9. It overwrites Y1…Y4 and reads the constants at R13.
#define BACK \
	VADDPS       Y2, Y1, Y6       \
	VSUBPS       Y2, Y1, Y7       \
	VADDPS       Y4, Y3, Y8       \
	VSUBPS       Y4, Y3, Y9       \
	VADDPS       Y5, Y7, Y4       \
	VBROADCASTSS 8(R13), Y1       \
	VBROADCASTSS (R13), Y2        \
	VBROADCASTSS 12(R13), Y3      \
	VFMADD231PS  Y9, Y1, Y7       \
	VFMADD213PS  Y4, Y3, Y9       \
	VADDPS       Y8, Y6, Y4       \
	VFMADD213PS  Y6, Y2, Y8       \
	VADDPS       Y4, Y0, Y6

// func winoOutputAVX2(dst []float32, ld int, src []float32, stride int, bias float32, ep *epilogue)
// The frame holds 4×6 vectors after the vertical pass.
TEXT ·winoOutputAVX2(SB), 0, $768-80
	MOVQ dst_base+0(FP), DI
	MOVQ ld+24(FP), R8
	MOVQ src_base+32(FP), SI
	MOVQ stride+56(FP), R9
	MOVQ ep+72(FP), R11
	LEAQ ·winoConst(SB), R13
	SHLQ $2, R8
	SHLQ $2, R9
	LEAQ (R9)(R9*2), R10  // 3 points
	VBROADCASTSS bias+64(FP), Y11
	HSWISH_CONSTANTS
	MOVQ $2, BX

half:
	LEAQ rows-768(SP), DX
	MOVQ SI, AX
	MOVQ $6, CX

vertical:
	// The points of a column lie 6 points apart.
	MOVQ    AX, R12
	VMOVUPS (R12), Y0
	LEAQ    (R12)(R10*2), R12
	VMOVUPS (R12), Y1
	LEAQ    (R12)(R10*2), R12
	VMOVUPS (R12), Y2
	LEAQ    (R12)(R10*2), R12
	VMOVUPS (R12), Y3
	LEAQ    (R12)(R10*2), R12
	VMOVUPS (R12), Y4
	LEAQ    (R12)(R10*2), R12
	VMOVUPS (R12), Y5
	BACK
	VMOVUPS Y6, (DX)
	VMOVUPS Y7, 192(DX)
	VMOVUPS Y8, 384(DX)
	VMOVUPS Y9, 576(DX)
	ADDQ    $32, DX
	ADDQ    R9, AX
	DECQ    CX
	JNZ     vertical

	LEAQ rows-768(SP), DX
	MOVQ DI, AX
	MOVQ $4, CX

horizontal:
	VMOVUPS (DX), Y0
	VMOVUPS 32(DX), Y1
	VMOVUPS 64(DX), Y2
	VMOVUPS 96(DX), Y3
	VMOVUPS 128(DX), Y4
	VMOVUPS 160(DX), Y5
	BACK
	VADDPS  Y11, Y6, Y6
	VADDPS  Y11, Y7, Y7
	VADDPS  Y11, Y8, Y8
	VADDPS  Y11, Y9, Y9
	MOVQ    (R11), R12
	CMPQ    R12, $1
	JB      affine
	JEQ     relu
	HSWISH(Y6)
	HSWISH(Y7)
	HSWISH(Y8)
	HSWISH(Y9)
	JMP     affine

relu:
	VMAXPS Y15, Y6, Y6
	VMAXPS Y15, Y7, Y7
	VMAXPS Y15, Y8, Y8
	VMAXPS Y15, Y9, Y9

affine:
	CMPQ 8(R11), $0
	JEQ  store
	VBROADCASTSS 16(R11), Y4
	VBROADCASTSS 20(R11), Y5
	VFMADD213PS  Y5, Y4, Y6
	VFMADD213PS  Y5, Y4, Y7
	VFMADD213PS  Y5, Y4, Y8
	VFMADD213PS  Y5, Y4, Y9

store:
	// 4 phases of 8 tiles become 32 neighbouring results.
	VUNPCKLPS  Y7, Y6, Y0
	VUNPCKLPS  Y9, Y8, Y1
	VUNPCKHPS  Y7, Y6, Y2
	VUNPCKHPS  Y9, Y8, Y3
	VUNPCKLPD  Y1, Y0, Y4
	VUNPCKHPD  Y1, Y0, Y5
	VUNPCKLPD  Y3, Y2, Y6
	VUNPCKHPD  Y3, Y2, Y7
	VPERM2F128 $0x20, Y5, Y4, Y0
	VPERM2F128 $0x20, Y7, Y6, Y1
	VPERM2F128 $0x31, Y5, Y4, Y2
	VPERM2F128 $0x31, Y7, Y6, Y3
	VMOVUPS    Y0, (AX)
	VMOVUPS    Y1, 32(AX)
	VMOVUPS    Y2, 64(AX)
	VMOVUPS    Y3, 96(AX)
	ADDQ       R8, AX
	ADDQ       $192, DX
	DECQ       CX
	JNZ        horizontal
	ADDQ       $32, SI
	ADDQ       $128, DI
	DECQ       BX
	JNZ        half
	VZEROUPPER
	RET
